import { createRandom, type SeededRandom } from '@/lib/engines/training/augment/seeded-random';
import type { Planes } from '@/lib/engines/training/augment/warp-tile';
import type { BatchPosition } from '@/lib/engines/training/batch/batch-maker';
import type { BatchPlan } from '@/lib/engines/training/batch/batch-plan';

/** One image of a batch before it is made. */
export type SamplePlace = {
  /** Its own random numbers, which depend on the plan and its position only. */
  readonly random: SeededRandom;
  /** The image of the data set that stands in the epoch's order so many places before this one; 0 is its own. */
  imageBefore(steps: number): number;
  readonly planes: Planes;
};

/** The images of a batch: where the epoch's order ends it begins again. */
export function samplePlaces(
  { batch, imgsz, seed }: BatchPlan,
  { epoch, index }: BatchPosition,
  order: Uint32Array,
  images: Float32Array,
): SamplePlace[] {
  const length = 3 * imgsz * imgsz;
  return Array.from({ length: batch }, (_, slot) => {
    const position = index * batch + slot;
    return {
      random: createRandom(seed, epoch, position),
      imageBefore: (steps) => order[(position - steps + order.length * Math.ceil(steps / order.length)) % order.length],
      planes: { data: images.subarray(slot * length, (slot + 1) * length), side: imgsz },
    };
  });
}
