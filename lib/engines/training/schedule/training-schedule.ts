import { type Decay, decayFactor } from '@/lib/engines/training/schedule/learning-rate';

/** Learning rates of the three groups of parameters, in the order of results.csv: pg0, pg1, pg2. */
export type GroupRates = {
  readonly bias: number;
  /** The group that weight decay acts on. */
  readonly weight: number;
  readonly norm: number;
};

/** What one iteration trains with. */
type IterationSettings = {
  readonly rates: GroupRates;
  readonly momentum: number;
  /** Gradients of that many iterations are summed before parameters change. */
  readonly accumulate: number;
};

export type ScheduleOptions = Decay & {
  readonly lr0: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly warmupEpochs: number;
  readonly warmupMomentum: number;
  readonly warmupBiasLr: number;
  readonly batch: number;
  /** Nominal batch size: images whose gradients are summed for one update. */
  readonly nbs: number;
  readonly iterationsPerEpoch: number;
};

export type TrainingSchedule = {
  /** Decay of the weights, in proportion to the images of an update. */
  readonly weightDecay: number;
  /** Iterations with rates that are still warming up. */
  readonly warmupIterations: number;
  /** Epochs and the iterations within them count from 0. */
  at(epoch: number, iteration: number): IterationSettings;
};

/** A warm-up of fewer iterations would be none; the field's. */
const shortestWarmup = 100;

/**
 * The field's schedule: in the warm-up the rate of the biases falls from `warmupBiasLr` and those of the others rise from 0, while
 * the momentum and the number of summed iterations rise; afterwards rates fall by epoch.
 */
export function trainingSchedule(options: ScheduleOptions): TrainingSchedule {
  const { batch, nbs, warmupEpochs, iterationsPerEpoch } = options;
  const warmupIterations =
    warmupEpochs > 0 ? Math.max(Math.round(warmupEpochs * iterationsPerEpoch), shortestWarmup) : 0;
  const settled = Math.max(Math.round(nbs / batch), 1);
  return {
    weightDecay: (options.weightDecay * batch * settled) / nbs,
    warmupIterations,
    at(epoch, iteration) {
      const rate = options.lr0 * decayFactor(options, epoch);
      const total = epoch * iterationsPerEpoch + iteration;
      const share = warmupIterations === 0 ? 1 : Math.min(total / warmupIterations, 1);
      const warmed = (from: number, to: number): number => (share < 1 ? from + (to - from) * share : to);
      const rising = warmed(0, rate);
      return {
        rates: { bias: warmed(options.warmupBiasLr, rate), weight: rising, norm: rising },
        momentum: warmed(options.warmupMomentum, options.momentum),
        accumulate: share < 1 ? Math.max(1, Math.round(warmed(1, nbs / batch))) : settled,
      };
    },
  };
}
