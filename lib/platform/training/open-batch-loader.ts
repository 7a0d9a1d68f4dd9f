import { type BatchLoader, createBatchLoader } from '@/lib/engines/training/batch/batch-loader';
import { type BatchPlan, batchesPerEpoch } from '@/lib/engines/training/batch/batch-plan';
import type { TrainingSet } from '@/lib/engines/training/batch/training-set';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';
import { createThreadedBatchMaker } from '@/lib/platform/training/threaded-batch-maker';

type LoaderRequest = {
  /** Paths as `diskFileTree` has them. */
  readonly set: TrainingSet;
  readonly plan: BatchPlan;
  /** Threads that make batches, from 1: one makes some hundred images a second. Which batches come does not depend on it. */
  readonly threads?: number;
  /** Most bytes of decoded images that all threads keep together. */
  readonly cacheBytes?: number;
  /** Told once for each image that cannot be read. */
  readonly onProblem: (problem: DatasetProblem) => void;
  readonly signal?: AbortSignal;
};

/** 1,700 images of 320 × 320. */
const defaultCacheBytes = 512 * 2 ** 20;

/**
 * Batches of a data set on the disk, made in threads ahead of their turn. Throws a `Fault` (`input-invalid`) for a plan that
 * cannot be carried out. Close it: its threads keep the process alive.
 */
export function openBatchLoader(request: LoaderRequest): BatchLoader {
  const { set, plan, threads = 1, cacheBytes = defaultCacheBytes } = request;
  const data = { set, plan, cacheBytes: cacheBytes / threads };
  return createBatchLoader({
    makers: Array.from({ length: threads }, () => createThreadedBatchMaker(data)),
    batchesPerEpoch: batchesPerEpoch(set.images.length, plan.batch),
    epochs: plan.epochs,
    onProblem: request.onProblem,
    signal: request.signal,
  });
}
