import { interpolate } from '@/lib/engines/training/evaluation/interpolate';

/** Precision as a function of recall that never rises, from recall 0 to 1: what is drawn as the PR curve. */
export type PrecisionEnvelope = { readonly recall: Float64Array; readonly precision: Float64Array };

/** Where precision is read for the average: recall 0, 0.01, … 1, as COCO. */
const recallPoints = Float64Array.from({ length: 101 }, (_, k) => k / 100);

/**
 * The envelope of a precision-recall sequence: at each recall the best precision of any larger one. It starts at (0, 1),
 * and falls to 0 right after the largest recall reached.
 *
 * @param recall Not falling, 0–1, one per prediction, best score first; as `precision`.
 */
export function precisionEnvelope(recall: Float64Array, precision: Float64Array): PrecisionEnvelope {
  const count = recall.length;
  const reached = count > 0 ? recall[count - 1] : 0;
  const xs = Float64Array.from([0, ...recall, reached, 1]);
  const ys = Float64Array.from([1, ...precision, 0, 0]);
  for (let k = count; k >= 0; k--) ys[k] = Math.max(ys[k], ys[k + 1]);
  return { recall: xs, precision: ys };
}

/** Average precision, 0–1: the area under the envelope by the trapezoidal rule over 101 points of recall, as the package. */
export function averagePrecision({ recall, precision }: PrecisionEnvelope): number {
  const heights = interpolate(recallPoints, recall, precision, 1);
  let sum = 0;
  for (let k = 1; k < heights.length; k++) sum += (heights[k] + heights[k - 1]) / 2;
  return sum / (heights.length - 1);
}
