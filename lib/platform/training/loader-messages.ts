import type { PlainFault } from '@/lib/core/fault';
import type { BatchPosition, MadeBatch } from '@/lib/engines/training/batch/batch-maker';
import type { BatchPlan } from '@/lib/engines/training/batch/batch-plan';
import type { TrainingSet } from '@/lib/engines/training/batch/training-set';

/** What a thread that makes batches is started with. */
export type LoaderThreadData = {
  readonly set: TrainingSet;
  readonly plan: BatchPlan;
  readonly cacheBytes: number;
};

/** One batch that is asked for; answers bear its number, for they may come in another order. */
export type LoaderRequest = {
  readonly number: number;
  readonly position: BatchPosition;
  readonly spare: Float32Array | null;
};

export type LoaderReply =
  | { readonly kind: 'made'; readonly number: number; readonly made: MadeBatch }
  | { readonly kind: 'fault'; readonly number: number; readonly fault: PlainFault }
  /** An error of the program. */
  | { readonly kind: 'error'; readonly number: number; readonly message: string };
