import type { TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import type { StepSettings, Trainee } from '@/lib/engines/training/loop/trainee';

/**
 * The smallest thing that trains: one number pulled to the mean of what batches hold, by plain gradient descent with summed
 * gradients, and its running average. Its fitness is how near the average is to `goal`.
 */
export type Parabola = Trainee & {
  readonly state: { weight: number; gradient: number; average: number };
  /** Settings of every step so far. */
  readonly settings: StepSettings[];
};

export function parabola({ goal = 3, fitness }: { goal?: number; fitness?: (call: number) => number } = {}): Parabola {
  const state = { weight: 0, gradient: 0, average: 0 };
  const settings: StepSettings[] = [];
  let validations = 0;
  return {
    state,
    settings,
    lossNames: ['loss'],
    async step({ images }, step) {
      settings.push(step);
      const error = state.weight - images[0];
      state.gradient += 2 * error;
      if (step.updates) {
        state.weight -= step.rates.weight * state.gradient;
        state.gradient = 0;
        state.average += (1 - step.emaDecay) * (state.weight - state.average);
      }
      return { losses: [error * error], gradientNorm: Math.abs(2 * error) };
    },
    async validate(signal) {
      signal.throwIfAborted();
      validations++;
      const near = fitness?.(validations) ?? 1 / (1 + Math.abs(goal - state.average));
      return { metrics: { 'mAP50(B)': near }, losses: null, fitness: near };
    },
  };
}

/** A batch that holds one number. */
export function batchOf(value: number): TrainingBatch {
  return {
    task: 'classify',
    images: Float32Array.of(value),
    batch: 1,
    height: 1,
    width: 1,
    classIds: Int32Array.of(0),
  };
}
