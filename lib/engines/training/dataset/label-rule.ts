import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';

/** Number of keypoints of an object, and whether each brings its visibility (3) or not (2). */
export type KeypointShape = { readonly count: number; readonly dims: 2 | 3 };

/** What the lines of a data set's label files must be. */
export type LabelRule = {
  readonly task: ObjectTask;
  /** Class ids are below it. */
  readonly classCount: number;
  /** Set for pose. */
  readonly keypoints: KeypointShape | null;
};
