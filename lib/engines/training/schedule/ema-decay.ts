/** Share of the old average that the long-run average of weights keeps in an update. */
const settledDecay = 0.9999;

/** Updates in which the decay comes near it; the field's. */
const rampUpdates = 2000;

/** Decay of the averaged weights in the n-th update, counted from 1: a young average follows quickly. */
export function emaDecay(update: number): number {
  return settledDecay * (1 - Math.exp(-update / rampUpdates));
}
