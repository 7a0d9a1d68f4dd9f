import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';

/**
 * One step's worth of augmented images with the labels as the step's graph takes them. The arrays are row-major, their buffers
 * can be transferred between threads. `columns` is the largest number of objects of an image in this batch, at least one;
 * shorter rows are filled up and marked by a class of −1.
 */
export type ObjectBatch = {
  readonly task: ObjectTask;
  /** [batch, 3, height, width], RGB in 0…1. */
  readonly images: Float32Array;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly columns: number;
  /** [batch, columns]; −1 for a row that is no object. */
  readonly classIds: Int32Array;
  /**
   * In pixels of the batch's images: [batch, columns, 4] as x1, y1, x2, y2; of oriented boxes [batch, columns, 5] as cx, cy, w, h and
   * the angle in radians.
   */
  readonly boxes: Float32Array;
  /** Poses: [batch, columns, keypoints, 3] as x, y in pixels and visibility (0 not labelled, 1 hidden, 2 seen). */
  readonly keypoints: Float32Array | null;
  /**
   * Segments: [batch, height ÷ 4, width ÷ 4], for each cell of the prototypes 1 + the column of the object there, 0 for none. Where
   * objects overlap the smaller one is on top.
   */
  readonly masks: Int32Array | null;
};

/** As `ObjectBatch`, for networks of whole images. */
export type ClassBatch = {
  readonly task: 'classify';
  readonly images: Float32Array;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  /** [batch]. */
  readonly classIds: Int32Array;
};

export type TrainingBatch = ObjectBatch | ClassBatch;
