import { assert } from '@/lib/core/assert';
import type { ImageOutcome } from '@/lib/engines/training/evaluation/image-outcome';

/** How often each class was taken for which. */
export type ConfusionMatrix = {
  /** Classes, and for objects the background as one more after the last. */
  readonly size: number;
  /** Count of (predicted, labelled) at predicted × size + labelled. */
  readonly counts: Uint32Array;
};

/** Classes of the labels and predictions that an outcome counts by position. */
type OutcomeClasses = { readonly truthClassIds: Int32Array; readonly classIds: Int32Array };

/**
 * The matrix of objects: invented ones stand in the background's column, missed ones in its row.
 *
 * @param classCount Every class id is below it.
 */
export function objectConfusion(
  images: readonly (OutcomeClasses & { readonly outcome: ImageOutcome })[],
  classCount: number,
): ConfusionMatrix {
  const matrix = emptyMatrix(classCount + 1);
  for (const { outcome, truthClassIds, classIds } of images) {
    const paired = [...outcome.truePositives, ...outcome.confused];
    for (const { truth, prediction } of paired) count(matrix, classIds[prediction], truthClassIds[truth]);
    const pairedPredictions = new Set(paired.map(({ prediction }) => prediction));
    const pairedTruths = new Set(paired.map(({ truth }) => truth));
    for (const prediction of outcome.falsePositives) {
      if (!pairedPredictions.has(prediction)) count(matrix, classIds[prediction], classCount);
    }
    for (const truth of outcome.falseNegatives) {
      if (!pairedTruths.has(truth)) count(matrix, classCount, truthClassIds[truth]);
    }
  }
  return matrix;
}

/** The matrix of classified images; there is no background. */
export function classConfusion(
  images: readonly { readonly predicted: number; readonly labelled: number }[],
  classCount: number,
): ConfusionMatrix {
  const matrix = emptyMatrix(classCount);
  for (const { predicted, labelled } of images) count(matrix, predicted, labelled);
  return matrix;
}

function emptyMatrix(size: number): ConfusionMatrix {
  return { size, counts: new Uint32Array(size * size) };
}

function count({ size, counts }: ConfusionMatrix, predicted: number, labelled: number): void {
  assert(predicted >= 0 && predicted < size && labelled >= 0 && labelled < size, 'classes of the matrix');
  counts[predicted * size + labelled]++;
}
