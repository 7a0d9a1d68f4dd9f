import type { TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import type { NamedNumbers } from '@/lib/engines/training/loop/epoch-row';
import type { TrainingProgress } from '@/lib/engines/training/loop/training-progress';
import type { GroupRates } from '@/lib/engines/training/schedule/training-schedule';

/** What one step trains with. */
export type StepSettings = {
  readonly rates: GroupRates;
  readonly momentum: number;
  readonly weightDecay: number;
  /** Whether parameters change in this step, by the gradients summed since they last did. */
  readonly updates: boolean;
  /** Share of itself that the average of the weights keeps when parameters change. */
  readonly emaDecay: number;
  /** What the branch of many anchors counts, 0–1, in heads whose two branches are weighed by it (YOLO26); others do not heed it. */
  readonly branchShare: number;
};

export type StepOutcome = {
  /** In the order of the trainee's `lossNames`. */
  readonly losses: readonly number[];
  /** Length of the gradient of this step; no finite number where the step could not be taken. */
  readonly gradientNorm: number;
};

/** How averaged weights do on the validation images. */
export type Validation = {
  /** By the names of results.csv. */
  readonly metrics: NamedNumbers;
  readonly losses: NamedNumbers | null;
  /** What the best weights have most of. */
  readonly fitness: number;
};

/** What the loop trains, whatever runs it. */
export type Trainee = {
  readonly lossNames: readonly string[];
  step(batch: TrainingBatch, settings: StepSettings): Promise<StepOutcome>;
  /** Validates the averaged weights. Rejects with the signal's reason when it aborts. */
  validate(signal: AbortSignal): Promise<Validation>;
};

/** Where the loop's results are kept. What cannot be written rejects, and the run goes on without it. */
export type RunKeeper = {
  /** The whole state: a run resumed from it goes on as if it had never stopped. */
  saveState(progress: TrainingProgress): Promise<void>;
  /** The averaged weights as the best so far. */
  saveBest(progress: TrainingProgress): Promise<void>;
  /** A copy of the averaged weights that later epochs do not replace; `epoch` counts from 1. */
  saveEpoch(epoch: number): Promise<void>;
  /** What each finished epoch came to. */
  saveResults(progress: TrainingProgress): Promise<void>;
};
