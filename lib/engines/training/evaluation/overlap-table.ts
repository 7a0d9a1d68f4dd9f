import { assert, present } from '@/lib/core/assert';
import { intersectionOverUnion } from '@/lib/engines/geometry/box';
import { covariance, probiouOfGaussians } from '@/lib/engines/geometry/oriented-box';
import type { Box } from '@/lib/engines/geometry/shape';
import type { Instances } from '@/lib/engines/training/evaluation/instances';
import { keypointSimilarity } from '@/lib/engines/training/evaluation/keypoint-similarity';
import { commonCells } from '@/lib/engines/training/evaluation/packed-masks';

/** How well every prediction fits every labelled object, 0–1. */
export type OverlapTable = {
  readonly truths: number;
  readonly predictions: number;
  /** Value of (truth, prediction) at truth × predictions + prediction. */
  readonly values: Float32Array;
};

/** Intersection over union of axis-aligned boxes. */
export function boxOverlaps(truths: Instances, predictions: Instances): OverlapTable {
  return tableOf(truths, predictions, (t, p) => intersectionOverUnion(truths.boxes[t], predictions.boxes[p]));
}

/** Probabilistic IoU of oriented boxes. */
export function orientedOverlaps(truths: Instances, predictions: Instances): OverlapTable {
  const labelled = present(truths.oriented, 'labelled oriented boxes');
  const predicted = present(predictions.oriented, 'predicted oriented boxes');
  const labelledGaussians = labelled.map(covariance);
  const predictedGaussians = predicted.map(covariance);
  return tableOf(truths, predictions, (t, p) =>
    probiouOfGaussians(labelled[t], labelledGaussians[t], predicted[p], predictedGaussians[p]),
  );
}

/** Intersection over union of masks; 0 for two empty ones. */
export function maskOverlaps(truths: Instances, predictions: Instances): OverlapTable {
  const labelled = present(truths.masks, 'labelled masks');
  const predicted = present(predictions.masks, 'predicted masks');
  assert(labelled.cells === predicted.cells, 'masks of one grid');
  const labelledAreas = labelled.masks.map((mask) => commonCells(mask, mask));
  const predictedAreas = predicted.masks.map((mask) => commonCells(mask, mask));
  return tableOf(truths, predictions, (t, p) => {
    const both = commonCells(labelled.masks[t], predicted.masks[p]);
    return both === 0 ? 0 : both / (labelledAreas[t] + predictedAreas[p] - both);
  });
}

/** A person or thing fills about this share of its box: what COCO's segment areas are replaced by where only boxes are known. */
const objectShareOfBox = 0.53;

/** Object keypoint similarity with one `sigma` per keypoint; see `keypointSimilarity`. */
export function keypointOverlaps(truths: Instances, predictions: Instances, sigmas: readonly number[]): OverlapTable {
  const labelled = present(truths.keypoints, 'labelled keypoints');
  const predicted = present(predictions.keypoints, 'predicted keypoints');
  return tableOf(truths, predictions, (t, p) =>
    keypointSimilarity(labelled[t], predicted[p], objectShareOfBox * area(truths.boxes[t]), sigmas),
  );
}

function tableOf(
  truths: Instances,
  predictions: Instances,
  overlap: (truth: number, prediction: number) => number,
): OverlapTable {
  const [rows, columns] = [truths.classIds.length, predictions.classIds.length];
  const values = new Float32Array(rows * columns);
  for (let t = 0; t < rows; t++) {
    for (let p = 0; p < columns; p++) values[t * columns + p] = overlap(t, p);
  }
  return { truths: rows, predictions: columns, values };
}

function area({ x1, y1, x2, y2 }: Box): number {
  return (x2 - x1) * (y2 - y1);
}
