import { assert } from '@/lib/core/assert';
import { Fault } from '@/lib/core/fault';
import type { TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import { betterEpoch, hasStalled } from '@/lib/engines/training/loop/early-stopping';
import type { EpochRow, NamedNumbers } from '@/lib/engines/training/loop/epoch-row';
import { createPace, type Pace } from '@/lib/engines/training/loop/pace';
import type { RunKeeper, Trainee, Validation } from '@/lib/engines/training/loop/trainee';
import type { FinishReason, TrainingEvent } from '@/lib/engines/training/loop/training-event';
import type { TrainingProgress } from '@/lib/engines/training/loop/training-progress';
import { branchShare } from '@/lib/engines/training/schedule/branch-share';
import { emaDecay } from '@/lib/engines/training/schedule/ema-decay';
import type { TrainingSchedule } from '@/lib/engines/training/schedule/training-schedule';

export type EpochLoop = {
  readonly trainee: Trainee;
  readonly schedule: TrainingSchedule;
  readonly epochs: number;
  readonly iterationsPerEpoch: number;
  readonly batch: number;
  readonly patience: number;
  /** Whether each epoch is validated; otherwise only the last one is. */
  readonly validates: boolean;
  /** A copy of the weights every so many epochs; none for −1. */
  readonly savePeriod: number;
  /** The batches of an epoch from an iteration on; the same ones whenever they are asked for. */
  batches(epoch: number, iteration: number): AsyncIterable<TrainingBatch>;
  readonly keeper: RunKeeper;
  readonly tell: (event: TrainingEvent) => void;
  readonly signal: AbortSignal;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
};

export type Finish = {
  readonly reason: FinishReason;
  readonly progress: TrainingProgress;
  /** Set where the run diverged. */
  readonly fault: Fault | null;
};

/**
 * Trains from where `progress` stands to the last epoch, or until it is cancelled, stalls or diverges. An aborted signal ends the
 * run after the step under way, with its state saved. Files that cannot be written are told, and the run goes on.
 */
export async function trainEpochs(loop: EpochLoop, progress: TrainingProgress): Promise<Finish> {
  let current = progress;
  const pace = createPace(loop, current);
  while (current.epoch < loop.epochs) {
    const trained = await trainEpoch(loop, current, pace);
    if (trained.reason === 'diverged') return trained;
    const validation = trained.reason === 'cancelled' ? 'cancelled' : await validated(loop, trained.progress);
    if (validation === 'cancelled') {
      const stopped = { ...trained.progress, seconds: pace.seconds() };
      await kept(loop, 'Training stops, but last.ckpt', () => loop.keeper.saveState(stopped));
      return { reason: 'cancelled', progress: stopped, fault: null };
    }
    current = trained.progress;
    current = await closeEpoch(loop, current, validation, pace.seconds());
    if (hasStalled(current.best, current.epoch, loop.patience)) {
      return { reason: 'patience', progress: current, fault: null };
    }
  }
  return { reason: 'completed', progress: current, fault: null };
}

/** The iterations of the epoch that are left. */
async function trainEpoch(loop: EpochLoop, progress: TrainingProgress, pace: Pace): Promise<Finish> {
  let current = progress;
  if (loop.signal.aborted) return { reason: 'cancelled', progress, fault: null };
  if (current.iteration === loop.iterationsPerEpoch) return { reason: 'completed', progress, fault: null };
  try {
    for await (const batch of loop.batches(current.epoch, current.iteration)) {
      const next = await trainStep(loop, current, batch);
      if (next instanceof Fault) return { reason: 'diverged', progress: current, fault: next };
      current = next;
      tellStep(loop, current, pace);
      if (loop.signal.aborted) return { reason: 'cancelled', progress: current, fault: null };
      if (current.iteration === loop.iterationsPerEpoch) break;
    }
  } catch (error) {
    // Whoever makes the batches hears the signal as well.
    if (loop.signal.aborted) return { reason: 'cancelled', progress: current, fault: null };
    throw error;
  }
  assert(current.iteration === loop.iterationsPerEpoch, 'an epoch has all its batches');
  return { reason: 'completed', progress: current, fault: null };
}

function tellStep(loop: EpochLoop, progress: TrainingProgress, pace: Pace): void {
  loop.tell({
    kind: 'step',
    epoch: progress.epoch + 1,
    iteration: progress.iteration,
    losses: meanLosses(loop, progress),
    ...pace.stepped(progress),
  });
}

async function trainStep(
  { trainee, schedule, epochs, iterationsPerEpoch }: EpochLoop,
  progress: TrainingProgress,
  batch: TrainingBatch,
): Promise<TrainingProgress | Fault> {
  const { epoch, iteration } = progress;
  const { rates, momentum, accumulate } = schedule.at(epoch, iteration);
  const total = epoch * iterationsPerEpoch + iteration;
  const updates = total - progress.lastUpdate >= accumulate;
  const { losses, gradientNorm } = await trainee.step(batch, {
    rates,
    momentum,
    weightDecay: schedule.weightDecay,
    updates,
    emaDecay: emaDecay(progress.updates + 1),
    branchShare: branchShare(epoch, epochs),
  });
  if (!losses.every(Number.isFinite)) return divergence(epoch, iteration, 'loss');
  if (!Number.isFinite(gradientNorm)) return divergence(epoch, iteration, 'gradient');
  return {
    ...progress,
    iteration: iteration + 1,
    lossSums: losses.map((loss, k) => loss + (progress.lossSums[k] ?? 0)),
    updates: progress.updates + (updates ? 1 : 0),
    lastUpdate: updates ? total : progress.lastUpdate,
  };
}

function divergence(epoch: number, iteration: number, what: string): Fault {
  return new Fault({
    code: 'model-not-finite',
    found: `The ${what} is no finite number any more, in epoch ${epoch + 1}, iteration ${iteration + 1}: training was stopped.`,
    remedy: 'What was saved before is kept. Train again with a smaller lr0, or look for labels that cannot be right.',
  });
}

async function validated(loop: EpochLoop, { epoch }: TrainingProgress): Promise<Validation | null | 'cancelled'> {
  if (!loop.validates && epoch + 1 < loop.epochs) return null;
  try {
    return await loop.trainee.validate(loop.signal);
  } catch (error) {
    if (loop.signal.aborted) return 'cancelled';
    throw error;
  }
}

/** Adds the epoch's row, keeps what is to be kept, and begins the next epoch. */
async function closeEpoch(
  loop: EpochLoop,
  progress: TrainingProgress,
  validation: Validation | null,
  seconds: number,
): Promise<TrainingProgress> {
  const { keeper, tell } = loop;
  const epoch = progress.epoch + 1;
  const row: EpochRow = {
    epoch,
    seconds,
    train: meanLosses(loop, progress),
    metrics: validation?.metrics ?? null,
    val: validation?.losses ?? null,
    rates: ratesOf(loop, progress),
  };
  const fitness = validation?.fitness ?? null;
  const best = fitness === null ? progress.best : betterEpoch(progress.best, { epoch, fitness });
  const isBest = best !== null && best.epoch === epoch;
  const next: TrainingProgress = {
    ...progress,
    epoch,
    iteration: 0,
    lossSums: [],
    rows: [...progress.rows, row],
    best,
    seconds,
  };
  // The best weights first: a run that dies in between repeats the epoch and finds them again.
  if (isBest) await kept(loop, goesOn('best.onnx'), () => keeper.saveBest(next));
  await kept(loop, goesOn('last.ckpt'), () => keeper.saveState(next));
  await kept(loop, goesOn('results.csv'), () => keeper.saveResults(next));
  if (loop.savePeriod > 0 && epoch % loop.savePeriod === 0) {
    await kept(loop, goesOn(`the weights of epoch ${epoch}`), () => keeper.saveEpoch(epoch));
  }
  tell({ kind: 'epoch', row, fitness, isBest });
  return next;
}

/** Losses are means over the images of the epoch so far. */
function meanLosses({ trainee }: EpochLoop, { lossSums, iteration }: TrainingProgress): NamedNumbers {
  return Object.fromEntries(trainee.lossNames.map((name, k) => [name, (lossSums[k] ?? 0) / Math.max(iteration, 1)]));
}

function ratesOf({ schedule, iterationsPerEpoch }: EpochLoop, { epoch }: TrainingProgress): EpochRow['rates'] {
  const { bias, weight, norm } = schedule.at(epoch, iterationsPerEpoch - 1).rates;
  return [bias, weight, norm];
}

function goesOn(what: string): string {
  return `Training goes on, but ${what}`;
}

/** Saves, or tells what could not be saved: `what` is how the sentence begins. */
async function kept({ tell }: EpochLoop, what: string, save: () => Promise<void>): Promise<void> {
  try {
    await save();
  } catch (error) {
    const why = error instanceof Fault ? error.found : String(error);
    tell({ kind: 'notice', text: `${what} could not be saved. ${why}` });
  }
}
