import { iouThresholds } from '@/lib/engines/training/evaluation/iou-thresholds';

/** What one image contributes: its predictions, which of them are right, and what there was to find. */
export type ImageHits = {
  readonly scores: Float32Array;
  readonly classIds: Int32Array;
  /** 1 where right, at prediction × thresholds + threshold. */
  readonly hits: Uint8Array;
  readonly truthClassIds: Int32Array;
};

/** The predictions of one class over all images, best score first. */
export type RankedClass = {
  readonly classId: number;
  /** Labelled objects (at least one), and images that hold any. */
  readonly truths: number;
  readonly images: number;
  readonly scores: Float32Array;
  /** As in `ImageHits`. */
  readonly hits: Uint8Array;
};

/** Recall and precision when only the first 1, 2, 3, … predictions are kept. */
export type RunningRates = { readonly recall: Float64Array; readonly precision: Float64Array };

type Gathered = { truths: number; images: number; readonly predictions: { image: number; index: number }[] };

/** The predictions of each class of which something is labelled, in rising order of class; equal scores keep their order. */
export function rankPredictions(images: readonly ImageHits[]): RankedClass[] {
  const classes = gatherTruths(images);
  for (const [image, { classIds }] of images.entries()) {
    for (const [index, classId] of classIds.entries()) classes.get(classId)?.predictions.push({ image, index });
  }
  return [...classes]
    .sort(([one], [other]) => one - other)
    .map(([classId, gathered]) => ({ classId, ...rankedClass(images, gathered) }));
}

/** Recall and precision at one IoU threshold (its index), one value per prediction. */
export function runningRates({ hits, truths, scores }: RankedClass, level: number): RunningRates {
  const recall = new Float64Array(scores.length);
  const precision = new Float64Array(scores.length);
  let right = 0;
  for (let rank = 0; rank < scores.length; rank++) {
    right += hits[rank * iouThresholds.length + level];
    recall[rank] = right / truths;
    precision[rank] = right / (rank + 1);
  }
  return { recall, precision };
}

function gatherTruths(images: readonly ImageHits[]): Map<number, Gathered> {
  const classes = new Map<number, Gathered>();
  for (const { truthClassIds } of images) {
    const seen = new Set<number>();
    for (const classId of truthClassIds) {
      const gathered = classes.get(classId) ?? { truths: 0, images: 0, predictions: [] };
      gathered.truths++;
      if (!seen.has(classId)) gathered.images++;
      seen.add(classId);
      classes.set(classId, gathered);
    }
  }
  return classes;
}

function rankedClass(images: readonly ImageHits[], { truths, images: holding, predictions }: Gathered) {
  const scoreOf = ({ image, index }: Gathered['predictions'][number]): number => images[image].scores[index];
  const order = predictions.sort((one, other) => scoreOf(other) - scoreOf(one));
  const levels = iouThresholds.length;
  const hits = new Uint8Array(order.length * levels);
  for (const [rank, { image, index }] of order.entries()) {
    hits.set(images[image].hits.subarray(index * levels, (index + 1) * levels), rank * levels);
  }
  return { truths, images: holding, scores: Float32Array.from(order, scoreOf), hits };
}
