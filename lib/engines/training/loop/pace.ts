import type { TrainingProgress } from '@/lib/engines/training/loop/training-progress';

type Measured = {
  readonly epochs: number;
  readonly iterationsPerEpoch: number;
  readonly batch: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
};

/** How fast a run goes. */
export type Pace = {
  /** Seconds of training in all, those before a resumption included. */
  seconds(): number;
  /** To be called after each step. */
  stepped(progress: TrainingProgress): { readonly imagesPerSecond: number; readonly secondsLeft: number };
};

/** Weight of a new step in the running mean of steps. */
const share = 0.1;

/** Measures from now on; `progress` is where the run begins or is resumed. */
export function createPace({ now, batch, epochs, iterationsPerEpoch }: Measured, progress: TrainingProgress): Pace {
  const started = now();
  const firstIteration = progress.epoch * iterationsPerEpoch + progress.iteration;
  let previous = started;
  let stepMs: number | null = null;
  let epochOfStep = progress.epoch;
  return {
    seconds: () => progress.seconds + (now() - started) / 1000,
    stepped({ epoch, iteration }) {
      const time = now();
      const taken = time - previous;
      // The first step of an epoch waited for the validation of the one before, which is no training.
      if (stepMs === null || epoch === epochOfStep)
        stepMs = stepMs === null ? taken : stepMs + share * (taken - stepMs);
      epochOfStep = epoch;
      previous = time;
      const done = epoch * iterationsPerEpoch + iteration;
      const wholeStepMs = (time - started) / (done - firstIteration);
      return {
        imagesPerSecond: (1000 * batch) / Math.max(stepMs, Number.EPSILON),
        secondsLeft: ((epochs * iterationsPerEpoch - done) * wholeStepMs) / 1000,
      };
    },
  };
}
