import { iouThresholds } from '@/lib/engines/training/evaluation/iou-thresholds';
import type { OverlapTable } from '@/lib/engines/training/evaluation/overlap-table';

/**
 * Which predictions of an image are right at each overlap threshold. A prediction stands for the labelled object of its
 * class that it overlaps most; of several predictions for one object the best scored is right, as the package counts
 * (COCO instead walks by score; the two differ only where objects crowd).
 *
 * @returns 1 where right, at prediction × thresholds + threshold. Predictions must come best score first.
 */
export function matchPredictions(
  overlaps: OverlapTable,
  truthClassIds: Int32Array,
  predictionClassIds: Int32Array,
): Uint8Array {
  const { truths, predictions, values } = overlaps;
  const levels = iouThresholds.map(Math.fround);
  const hits = new Uint8Array(predictions * levels.length);
  const taken = levels.map(() => new Uint8Array(truths));
  for (let p = 0; p < predictions; p++) {
    const truth = bestTruth(overlaps, p, (t) => truthClassIds[t] === predictionClassIds[p]);
    if (truth < 0) continue;
    const overlap = values[truth * predictions + p];
    for (let level = 0; level < levels.length && overlap >= levels[level]; level++) {
      if (taken[level][truth] === 1) continue;
      taken[level][truth] = 1;
      hits[p * levels.length + level] = 1;
    }
  }
  return hits;
}

/** The admitted object that a prediction overlaps most, or −1 where it overlaps none. */
function bestTruth(
  { truths, predictions, values }: OverlapTable,
  prediction: number,
  isAdmitted: (truth: number) => boolean,
): number {
  let best = -1;
  let most = 0;
  for (let t = 0; t < truths; t++) {
    const overlap = values[t * predictions + prediction];
    if (!(overlap > most) || !isAdmitted(t)) continue;
    most = overlap;
    best = t;
  }
  return best;
}
