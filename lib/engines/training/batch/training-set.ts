import type { Skeleton } from '@/lib/engines/training/dataset/dataset-description';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';
import type { LabelledImage } from '@/lib/engines/training/dataset/read-label-files';

/** The images of one split that a network of objects learns from, at least one. */
export type ObjectSet = {
  readonly task: ObjectTask;
  readonly images: readonly LabelledImage[];
  /** Set for pose. */
  readonly skeleton: Pick<Skeleton, 'keypoints' | 'flipIndices'> | null;
};

/** The images of one split that a classifier learns from, at least one. */
export type ClassSet = {
  readonly task: 'classify';
  readonly images: readonly { readonly path: string; readonly classId: number }[];
};

/** Plain data: it can be handed to another thread. */
export type TrainingSet = ObjectSet | ClassSet;
