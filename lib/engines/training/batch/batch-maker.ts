import type { TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';

/** Which batch: both count from 0. */
export type BatchPosition = { readonly epoch: number; readonly index: number };

/** A batch, and images that turned out to be unreadable while it was made. */
export type MadeBatch = { readonly batch: TrainingBatch; readonly problems: readonly DatasetProblem[] };

/** Makes batches, here or in another thread. */
export type BatchMaker = {
  /**
   * Makes one batch; several may be asked for at a time. Rejects with a `Fault` when none of the images can be read.
   *
   * @param spare Memory of a batch's images that is no longer needed: filled anew where it fits. It changes hands.
   */
  make(position: BatchPosition, spare: Float32Array | null): Promise<MadeBatch>;
  dispose(): Promise<void>;
};
