import type { Box, OrientedBox } from '@/lib/engines/geometry/shape';

/** An object of an augmented image, in its pixels. What the task does not have is null. */
export type PlacedObject = {
  readonly classId: number;
  /** Bounds of what is seen of it, within the image. */
  readonly box: Box;
  /** The smallest rectangle around what is seen of it. */
  readonly oriented: OrientedBox | null;
  /** Of segments: flat x, y pairs around what is seen of it. */
  readonly outline: Float64Array | null;
  /** Flat x, y, visibility triples; a point that is not seen has visibility 0. */
  readonly keypoints: Float32Array | null;
};
