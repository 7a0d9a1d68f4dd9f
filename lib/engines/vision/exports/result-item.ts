import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** One image of a batch with what was found in it. */
export type ResultItem = {
  /** File name of the image, as `bus.jpg`. */
  readonly imageName: string;
  readonly result: VisionResult;
};
