import type { ObjectBatch } from '@/lib/engines/training/batch/training-batch';
import type { GradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { defaultArguments } from '@/lib/engines/training/loop/training-arguments';
import { trainingLoss } from '@/lib/engines/training/loop/training-loss';
import { buildTrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import { readParameters } from '@/lib/engines/training/network/read-parameters';
import { createSightlineCheckpoint } from '@/lib/engines/training/network/sightline/create-sightline-checkpoint';
import { TrainingStep } from '@/lib/engines/training/step/training-step';
import type { SessionFactory } from '@/lib/engines/vision/session';

const side = 64;
const batchSize = 8;
const columns = 2;

/**
 * In a network that knows nothing, differences as small as rounding decide which anchors learn an object. With steps three times as
 * long two runs in Node, with gradients in two forms, part by a hundredth within twenty; with these they agree to a thousandth.
 */
const rate = 0.0003;

/** Sums of the losses of so many steps on fixed batches: the same wherever they are computed, but for rounding. */
export async function fixedTraining(sessions: SessionFactory, forms: GradientForms, steps: number): Promise<number[]> {
  const checkpoint = createSightlineCheckpoint({
    size: 'n',
    task: 'detect',
    names: ['square', 'bar'],
    seed: 3,
    imgsz: side,
  });
  const network = await buildTrainingNetwork(checkpoint, { imgsz: side, batch: batchSize });
  const step = await TrainingStep.create({
    network,
    loss: trainingLoss(network, defaultArguments, null),
    numbers: await readParameters(checkpoint, network.layout),
    optimizer: 'sgd',
    forms,
    sessions,
  });
  try {
    const sums: number[] = [];
    for (let index = 0; index < steps; index++) {
      const { losses } = await step.run(fixedBatch(index), {
        rates: { weight: rate, norm: rate, bias: rate },
        momentum: 0.9,
        weightDecay: 0.0005,
        updates: true,
        emaDecay: 0.99,
        branchShare: 0.8,
      });
      sums.push(losses.reduce((sum, loss) => sum + loss, 0));
    }
    return sums;
  } finally {
    await step.dispose();
  }
}

/** A bright square and a dark bar on grey, at places that go on with each batch. */
function fixedBatch(index: number): ObjectBatch {
  const images = new Float32Array(batchSize * 3 * side * side).fill(0.45);
  const boxes = new Float32Array(batchSize * columns * 4);
  for (let image = 0; image < batchSize; image++) {
    const shift = (5 * index + 11 * image) % 24;
    const square = [4 + shift, 8, 32 + shift, 36] as const;
    const bar = [6, 40 + (shift % 8), 58, 54 + (shift % 8)] as const;
    paint(images, image, square, 0.9);
    paint(images, image, bar, 0.1);
    boxes.set([...square, ...bar], image * columns * 4);
  }
  const classIds = Int32Array.from({ length: batchSize * columns }, (_, k) => k % columns);
  return {
    task: 'detect',
    images,
    batch: batchSize,
    height: side,
    width: side,
    columns,
    classIds,
    boxes,
    keypoints: null,
    masks: null,
  };
}

function paint(
  images: Float32Array,
  image: number,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
  value: number,
): void {
  for (let channel = 0; channel < 3; channel++) {
    const plane = (3 * image + channel) * side * side;
    for (let y = y1; y < y2; y++) images.fill(value, plane + y * side + x1, plane + y * side + x2);
  }
}
