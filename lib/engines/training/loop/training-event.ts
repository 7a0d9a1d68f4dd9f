import type { PlainFault } from '@/lib/core/fault';
import type { EpochRow, NamedNumbers } from '@/lib/engines/training/loop/epoch-row';

/** What a run begins with. */
export type RunFacts = {
  readonly task: string;
  readonly names: readonly string[];
  readonly parameterCount: number;
  readonly trainImages: number;
  readonly valImages: number;
  readonly epochs: number;
  /** The first epoch to be trained, from 1; above 1 when resumed. */
  readonly firstEpoch: number;
  readonly iterationsPerEpoch: number;
  readonly batch: number;
  readonly imgsz: number;
  readonly optimizer: string;
  readonly lr0: number;
  readonly momentum: number;
  /** Runtime that executes the steps, and its threads. */
  readonly backend: string;
  readonly threads: number;
};

/** Why a run ended. */
export type FinishReason = 'completed' | 'patience' | 'cancelled' | 'diverged';

/** What a run tells while it goes on, in order; plain data that crosses worker boundaries. */
export type TrainingEvent =
  | { readonly kind: 'started'; readonly facts: RunFacts }
  | {
      readonly kind: 'step';
      /** Both from 1. */
      readonly epoch: number;
      readonly iteration: number;
      /** Mean of the epoch so far. */
      readonly losses: NamedNumbers;
      readonly imagesPerSecond: number;
      /** Estimate for the rest of the run. */
      readonly secondsLeft: number;
    }
  | { readonly kind: 'epoch'; readonly row: EpochRow; readonly fitness: number | null; readonly isBest: boolean }
  | { readonly kind: 'saved'; readonly file: string }
  /** Something went otherwise than asked, and the run goes on. */
  | { readonly kind: 'notice'; readonly text: string }
  | {
      readonly kind: 'finished';
      readonly reason: FinishReason;
      /** Epoch of the best weights, from 1; null where none was validated. */
      readonly bestEpoch: number | null;
      readonly seconds: number;
      /** Set where losses ceased to be numbers. */
      readonly fault: PlainFault | null;
    };
