/**
 * One labelled object of an image, in fractions of the upright image (0–1 from its left and its top).
 * What a task does not have is null.
 */
export type ObjectLabel = {
  readonly classId: number;
  /** Axis-aligned bounds. */
  readonly box: { readonly cx: number; readonly cy: number; readonly width: number; readonly height: number };
  /** Flat x, y pairs: the outline of a segment, or the four corners of an oriented box (which may lie outside the image). */
  readonly outline: Float32Array | null;
  /** Flat x, y, visibility triples; visibility 0 means that the point is not labelled. */
  readonly keypoints: Float32Array | null;
};

/** The tasks whose labels are objects; classification labels whole images. */
export type ObjectTask = 'detect' | 'segment' | 'pose' | 'obb';
