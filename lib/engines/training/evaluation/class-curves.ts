import { interpolate } from '@/lib/engines/training/evaluation/interpolate';
import type { RankedClass, RunningRates } from '@/lib/engines/training/evaluation/ranked-predictions';

/** Where curves are sampled: 0, …, 1 in 1000 points; the confidences of P, R and F1 curves and the recalls of PR curves. */
export const curvePoints: Float64Array = Float64Array.from({ length: 1000 }, (_, k) => k / 999);

/** Curves of one class at IoU 0.5, sampled at `curvePoints`; all values are 0–1. */
export type ClassCurves = {
  readonly classId: number;
  /** If only predictions of at least that confidence are kept. */
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  readonly f1: Float64Array;
};

/** Keeps the division of F1 away from zero; the package's own value, so that numbers agree. */
const epsilon = 1e-16;

/** `rates` are those of the class at IoU 0.5. Above the best score recall is 0 and precision 1; without predictions both are 0. */
export function classCurves({ classId, scores }: RankedClass, rates: RunningRates): ClassCurves {
  if (scores.length === 0) {
    const zeros = new Float64Array(curvePoints.length);
    return { classId, precision: zeros, recall: zeros, f1: zeros };
  }
  const precision = alongConfidence(scores, rates.precision, 1);
  const recall = alongConfidence(scores, rates.recall, 0);
  const f1 = precision.map((p, k) => (2 * p * recall[k]) / (p + recall[k] + epsilon));
  return { classId, precision, recall, f1 };
}

/** Scores fall and interpolation wants rising abscissae, so both axes run from high confidence to low with the sign turned. */
function alongConfidence(scores: Float32Array, values: Float64Array, aboveBest: number): Float64Array {
  const falling = Float64Array.from(curvePoints, (confidence) => -confidence).reverse();
  const ranks = Float64Array.from(scores, (score) => -score);
  return interpolate(falling, ranks, values, aboveBest).reverse();
}
