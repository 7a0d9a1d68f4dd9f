import { describe, expect, it } from 'vitest';
import { calibratedFamily } from '@/lib/engines/architecture/test-support/calibrated-family';
import { familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import { noiseImage } from '@/lib/engines/architecture/test-support/noise-image';
import { unsqueeze } from '@/lib/engines/graph/arrangement';
import { mul, sub } from '@/lib/engines/graph/elementwise';
import { reduceMean } from '@/lib/engines/graph/reduce';
import { cast } from '@/lib/engines/graph/unary';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import type { ClassBatch } from '@/lib/engines/training/batch/training-batch';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { buildTrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import { readParameters } from '@/lib/engines/training/network/read-parameters';
import type { OptimizerKind } from '@/lib/engines/training/step/training-state';
import { TrainingStep } from '@/lib/engines/training/step/training-step';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

const side = 64;
const batch: ClassBatch = {
  task: 'classify',
  images: Float32Array.from([...noiseImage(1, side).data, ...noiseImage(2, side).data]),
  batch: 2,
  height: side,
  width: side,
  classIds: Int32Array.of(0, 3),
};

/** Trains the logits of a classifier towards the classes of the batch by their squared distance. */
async function stepOf(checkpoint: Checkpoint, optimizer: OptimizerKind): Promise<TrainingStep> {
  const network = await buildTrainingNetwork(checkpoint, { imgsz: side, batch: 2 });
  const { graph: g, raw } = network;
  if (raw.task !== 'classify') throw new Error('a classifier is trained');
  const wanted = cast(g, g.input('classIds', { elementType: 'int32', shape: [2] }), 'float32');
  const distance = sub(g, raw.logits, unsqueeze(g, wanted, [1]));
  const value = reduceMean(g, mul(g, distance, distance), [0, 1]);
  return await TrainingStep.create({
    network,
    loss: { loss: value, items: [{ name: 'loss', value }], constants: [] },
    numbers: await readParameters(checkpoint, network.layout),
    optimizer,
    forms: gradientForms.cpu,
    sessions: nodeSessionFactory({ threads: 1 }),
  });
}

describe('a training step', () => {
  it.each(['sgd', 'adamw'] as const)('lowers the loss with %s', async (optimizer) => {
    const step = await stepOf(calibratedFamily(familyNamed('yolov8n-cls')), optimizer);
    const losses: number[] = [];
    const rate = optimizer === 'sgd' ? 0.01 : 0.002;
    for (let index = 0; index < 20; index++) {
      const {
        losses: [loss],
        gradientNorm,
      } = await step.run(batch, {
        rates: { weight: rate, norm: rate, bias: rate },
        momentum: 0.9,
        weightDecay: 0.0005,
        updates: true,
        emaDecay: 0.9,
      });
      losses.push(loss);
      expect(gradientNorm).toBeGreaterThan(0);
    }
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 4);
    await step.dispose();
  });
});
