import type { OverlapTable } from '@/lib/engines/training/evaluation/overlap-table';
import { type ObjectPair, pairObjects, shownPredictions } from '@/lib/engines/training/evaluation/pair-objects';

/** What was found, invented and missed in one image, by position among its predictions and labels. */
export type ImageOutcome = {
  /** Pairs of one class. */
  readonly truePositives: readonly ObjectPair[];
  /** Pairs whose classes differ: each is a false positive and a false negative at once. */
  readonly confused: readonly ObjectPair[];
  /** Shown predictions that are no true positive. */
  readonly falsePositives: readonly number[];
  /** Labelled objects that no true positive found. */
  readonly falseNegatives: readonly number[];
};

/** Counts as the package's confusion matrix does: predictions above confidence 0.25, overlaps above 0.45. */
export function imageOutcome(
  overlaps: OverlapTable,
  truthClassIds: Int32Array,
  predictions: { readonly scores: Float32Array; readonly classIds: Int32Array },
): ImageOutcome {
  const shown = shownPredictions(predictions.scores);
  const pairs = pairObjects(overlaps, shown);
  const isRight = ({ truth, prediction }: ObjectPair): boolean =>
    truthClassIds[truth] === predictions.classIds[prediction];
  const truePositives = pairs.filter(isRight);
  const rightPredictions = new Set(truePositives.map(({ prediction }) => prediction));
  const foundTruths = new Set(truePositives.map(({ truth }) => truth));
  return {
    truePositives,
    confused: pairs.filter((pair) => !isRight(pair)),
    falsePositives: shown.filter((prediction) => !rightPredictions.has(prediction)),
    falseNegatives: Array.from(truthClassIds.keys()).filter((truth) => !foundTruths.has(truth)),
  };
}
