import type { TrainingSet } from '@/lib/engines/training/batch/training-set';

/** The images a model is measured on, with what is labelled in them. */
export type ValidationSet = {
  readonly set: TrainingSet;
  /** Of the data set's classes. */
  readonly names: readonly string[];
  /** Tolerances of the keypoints where the data set has its own. */
  readonly sigmas: readonly number[] | null;
};
