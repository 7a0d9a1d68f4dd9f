import type { OverlapTable } from '@/lib/engines/training/evaluation/overlap-table';

/** A labelled object and the prediction that stands for it, whatever their classes. */
export type ObjectPair = { readonly truth: number; readonly prediction: number; readonly overlap: number };

/** Overlap that a pair must exceed in a confusion matrix and in what is shown per image; the package's. */
const pairingIou = 0.45;

/** Predictions below are not shown, and count in no confusion matrix; the package's. */
const shownConfidence = 0.25;

/** Positions of the predictions that a person would be shown. `scores` fall, so these are the first ones. */
export function shownPredictions(scores: Float32Array): number[] {
  return Array.from(scores.keys()).filter((p) => scores[p] > shownConfidence);
}

/**
 * Pairs labelled objects with predictions one to one, greedily from the largest overlap down and without regard to class:
 * each prediction goes to the object it overlaps most, each object keeps the best of those.
 *
 * @param predictions Positions of the predictions that take part.
 */
export function pairObjects(overlaps: OverlapTable, predictions: readonly number[]): ObjectPair[] {
  const nearest = predictions.flatMap((prediction) => nearestTruth(overlaps, prediction) ?? []);
  const bestOf = new Map<number, ObjectPair>();
  for (const pair of nearest) {
    const rival = bestOf.get(pair.truth);
    if (rival === undefined || pair.overlap > rival.overlap) bestOf.set(pair.truth, pair);
  }
  return [...bestOf.values()].sort((one, other) => one.truth - other.truth);
}

function nearestTruth(overlaps: OverlapTable, prediction: number): ObjectPair | null {
  let best: ObjectPair | null = null;
  for (let truth = 0; truth < overlaps.truths; truth++) {
    const overlap = overlaps.values[truth * overlaps.predictions + prediction];
    if (overlap > (best?.overlap ?? pairingIou)) best = { truth, prediction, overlap };
  }
  return best;
}
