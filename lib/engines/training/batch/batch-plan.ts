import { Fault } from '@/lib/core/fault';
import { type Augmentation, checkAugmentation } from '@/lib/engines/training/augment/augmentation';
import { createRandom } from '@/lib/engines/training/augment/seeded-random';

/** All that decides which batches there are; plain data. Two equal plans over one data set give the same batches. */
export type BatchPlan = {
  /** Side of the images, in pixels. */
  readonly imgsz: number;
  /** Images in a batch. */
  readonly batch: number;
  readonly epochs: number;
  readonly seed: number;
  readonly augmentation: Augmentation;
};

/** Batches that show every image at least once: the last one is filled up from the beginning of the epoch. */
export function batchesPerEpoch(imageCount: number, batch: number): number {
  return Math.ceil(imageCount / batch);
}

/** The images of an epoch in random order (R. Durstenfeld's shuffle, 1964). */
export function epochOrder(imageCount: number, seed: number, epoch: number): Uint32Array {
  const random = createRandom(seed, epoch);
  const order = Uint32Array.from({ length: imageCount }, (_, index) => index);
  for (let last = imageCount - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/** What images are varied by in an epoch, counted from 0: in the last ones neither mosaics nor mixtures are made. */
export function augmentationOfEpoch({ augmentation, epochs }: BatchPlan, epoch: number): Augmentation {
  return epoch < epochs - augmentation.closeMosaic ? augmentation : { ...augmentation, mosaic: 0, mixup: 0 };
}

/** Throws a `Fault` (`input-invalid`) for a plan that no batch can be made of. */
export function checkBatchPlan({ imgsz, batch, epochs, seed, augmentation }: BatchPlan): void {
  checkWhole('imgsz', imgsz, 32, 4096);
  checkWhole('batch', batch, 1, 4096);
  checkWhole('epochs', epochs, 1, 1_000_000);
  checkWhole('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  checkAugmentation(augmentation);
  if (imgsz % 4 === 0) return;
  throw new Fault({
    code: 'input-invalid',
    found: `imgsz was expected to be a multiple of the network's stride, and ${imgsz} was found.`,
    remedy: `Take ${Math.ceil(imgsz / 32) * 32}.`,
  });
}

function checkWhole(name: string, value: number, smallest: number, largest: number): void {
  if (Number.isInteger(value) && value >= smallest && value <= largest) return;
  throw new Fault({
    code: 'input-invalid',
    found: `${name} was expected to be a whole number from ${smallest} to ${largest}, and ${value} was found.`,
    remedy: `Correct ${name}.`,
  });
}
