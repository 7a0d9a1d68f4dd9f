import type { ConfusionMatrix } from '@/lib/engines/training/evaluation/confusion-matrix';
import type { DetectionMetrics } from '@/lib/engines/training/evaluation/detection-metrics';
import type { EvaluationResult } from '@/lib/engines/training/evaluation/evaluation';
import type { TopAccuracy } from '@/lib/engines/training/evaluation/top-accuracy';
import type { NamedNumbers } from '@/lib/engines/training/loop/epoch-row';

/** How a model of objects did on a set of images. */
export type ObjectScores = EvaluationResult & { readonly task: 'detect' | 'segment' | 'pose' | 'obb' };

/** How a classifier did. */
export type ClassScores = {
  readonly task: 'classify';
  readonly accuracy: TopAccuracy;
  readonly confusion: ConfusionMatrix;
};

export type ModelScores = (ObjectScores | ClassScores) & {
  /** Images that were looked at. */
  readonly images: number;
  /** Of running the network and of comparing its answers with the labels, for all images together. */
  readonly milliseconds: { readonly inference: number; readonly comparison: number };
};

/** The metrics of each kind of shape that was compared, by the letter results.csv marks it with. */
export function shapeMetrics({
  boxes,
  masks,
  keypoints,
}: ObjectScores): ReadonlyMap<'B' | 'M' | 'P', DetectionMetrics> {
  const kinds = [
    ['B', boxes],
    ['M', masks],
    ['P', keypoints],
  ] as const;
  return new Map(kinds.flatMap(([letter, metrics]) => (metrics === null ? [] : [[letter, metrics] as const])));
}

/** The figures under the field's names, without `metrics/`. */
export function namedMetrics(scores: ObjectScores | ClassScores): NamedNumbers {
  if (scores.task === 'classify') {
    return { accuracy_top1: scores.accuracy.top1, accuracy_top5: scores.accuracy.top5 };
  }
  return Object.fromEntries(
    Array.from(shapeMetrics(scores), ([letter, { mean }]) => [
      [`precision(${letter})`, mean.precision],
      [`recall(${letter})`, mean.recall],
      [`mAP50(${letter})`, mean.map50],
      [`mAP50-95(${letter})`, mean.map50To95],
    ]).flat(),
  );
}

/**
 * The field's figure by which weights are the best: a tenth mAP50 and nine tenths mAP50-95, of boxes and shapes together; of
 * classifiers the mean of top-1 and top-5.
 */
export function fitnessOf(scores: ObjectScores | ClassScores): number {
  if (scores.task === 'classify') return (scores.accuracy.top1 + scores.accuracy.top5) / 2;
  const parts = Array.from(shapeMetrics(scores).values(), ({ mean }) => 0.1 * mean.map50 + 0.9 * mean.map50To95);
  return parts.reduce((sum, part) => sum + part, 0);
}
