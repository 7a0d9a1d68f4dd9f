import { describe, expect, it } from 'vitest';
import { familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import { noiseImage } from '@/lib/engines/architecture/test-support/noise-image';
import type { ObjectBatch } from '@/lib/engines/training/batch/training-batch';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { defaultArguments } from '@/lib/engines/training/loop/training-arguments';
import { trainingLoss } from '@/lib/engines/training/loop/training-loss';
import { buildTrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import { readParameters } from '@/lib/engines/training/network/read-parameters';
import { TrainingStep } from '@/lib/engines/training/step/training-step';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

const side = 64;

const objects: ObjectBatch = {
  task: 'detect',
  images: Float32Array.from([...noiseImage(1, side).data, ...noiseImage(2, side).data]),
  batch: 2,
  height: side,
  width: side,
  columns: 1,
  classIds: Int32Array.of(0, 1),
  boxes: Float32Array.of(8, 8, 40, 48, 20, 4, 60, 36),
  keypoints: null,
  masks: null,
};

const rates = { weight: 0, norm: 0, bias: 0 };
const settings = { rates, momentum: 0.9, weightDecay: 0, updates: false, emaDecay: 0.9 };

/** Losses of the untrained network of a family for each share of its branch of many anchors. */
async function lossesOf(family: string, shares: readonly number[]): Promise<readonly (readonly number[])[]> {
  const checkpoint = familyCheckpoint(familyNamed(family));
  const network = await buildTrainingNetwork(checkpoint, { imgsz: side, batch: 2 });
  const step = await TrainingStep.create({
    network,
    loss: trainingLoss(network, defaultArguments, null, { takesBranchShare: true }),
    numbers: await readParameters(checkpoint, network.layout),
    optimizer: 'sgd',
    forms: gradientForms.cpu,
    sessions: nodeSessionFactory({ threads: 1 }),
  });
  try {
    const found = [];
    for (const branchShare of shares) found.push((await step.run(objects, { ...settings, branchShare })).losses);
    return found;
  } finally {
    await step.dispose();
  }
}

describe('the loss of a step', () => {
  it('weighs the branches of YOLO26 by the share that it is given', async () => {
    const [one, many, mixed] = await lossesOf('yolo26n', [0, 1, 0.3]);
    expect(one).not.toEqual(many);
    expect(mixed).toEqual(one.map((loss, item) => expect.closeTo(0.7 * loss + 0.3 * many[item], 3)));
  });

  it('counts both branches of YOLOv10 the same throughout', async () => {
    const [one, many] = await lossesOf('yolov10n', [0, 1]);
    expect(one).toEqual(many);
  });
});
