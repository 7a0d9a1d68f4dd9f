import { Fault } from '@/lib/core/fault';

/**
 * Throws a `Fault` that names the tensor when a weight is NaN or infinite: the network would answer nonsense, mostly nothing
 * at all. Training that diverged leaves such files.
 */
export function refuseNotFinite(values: Float32Array, tensorName: string): void {
  const index = findNotFinite(values);
  if (index === -1) return;
  throw new Fault({
    code: 'model-not-finite',
    found: `Every weight of a model is a finite number, and ${tensorName} holds ${values[index]} (element ${index}).`,
    remedy:
      'The training of this model diverged. Use an earlier checkpoint, or train again with a lower learning rate.',
  });
}

/** Index of the first element that is NaN or infinite, or −1. */
export function findNotFinite(values: Float32Array): number {
  for (let index = 0; index < values.length; index++) {
    // x − x is 0 for every finite number and NaN for the rest: one comparison instead of three.
    if (values[index] - values[index] !== 0) return index;
  }
  return -1;
}
