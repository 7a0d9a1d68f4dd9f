import type { EpochRow } from '@/lib/engines/training/loop/epoch-row';

/** Weights that did best so far. */
export type BestEpoch = { readonly epoch: number; readonly fitness: number };

/**
 * How far a run has come: with the state of the weights all that is needed to go on as if it had never stopped. Replaced as a
 * whole, never changed.
 */
export type TrainingProgress = {
  /** The epoch under way, from 0; `iteration` of its iterations are done. */
  readonly epoch: number;
  readonly iteration: number;
  /** Sums of the losses over these iterations, in the order of the losses' names. */
  readonly lossSums: readonly number[];
  /** Updates of the parameters so far, and the iteration of the last one, counted over all epochs; −1 before. */
  readonly updates: number;
  readonly lastUpdate: number;
  readonly rows: readonly EpochRow[];
  readonly best: BestEpoch | null;
  readonly seconds: number;
};

/** The progress of a run that has not begun. */
export const noProgress: TrainingProgress = {
  epoch: 0,
  iteration: 0,
  lossSums: [],
  updates: 0,
  lastUpdate: -1,
  rows: [],
  best: null,
  seconds: 0,
};
