import { present } from '@/lib/core/assert';
import type { ObjectLabel } from '@/lib/engines/training/dataset/object-label';
import { type ConfusionMatrix, objectConfusion } from '@/lib/engines/training/evaluation/confusion-matrix';
import { type DetectionMetrics, detectionMetrics } from '@/lib/engines/training/evaluation/detection-metrics';
import { type ImageOutcome, imageOutcome } from '@/lib/engines/training/evaluation/image-outcome';
import type { Instances, PredictedInstances } from '@/lib/engines/training/evaluation/instances';
import { keypointSigmas } from '@/lib/engines/training/evaluation/keypoint-similarity';
import { labelledInstances } from '@/lib/engines/training/evaluation/labelled-instances';
import { matchPredictions } from '@/lib/engines/training/evaluation/match-predictions';
import {
  boxOverlaps,
  keypointOverlaps,
  maskOverlaps,
  type OverlapTable,
  orientedOverlaps,
} from '@/lib/engines/training/evaluation/overlap-table';
import { type ObjectHead, predictedInstances } from '@/lib/engines/training/evaluation/predicted-instances';
import type { ImageHits } from '@/lib/engines/training/evaluation/ranked-predictions';
import type { HeadOutput } from '@/lib/engines/vision/head-output';

/** How a network of objects did on all images that were added. */
export type EvaluationResult = {
  /** By boxes; for oriented boxes by probabilistic IoU. */
  readonly boxes: DetectionMetrics;
  /** Of segments only. */
  readonly masks: DetectionMetrics | null;
  /** Of poses only. */
  readonly keypoints: DetectionMetrics | null;
  readonly confusion: ConfusionMatrix;
};

/** Compares a network's answers with labels, image by image; only counts are kept, never pixels or outputs. */
export type Evaluation = {
  /**
   * Adds one image and says what was found and missed in it, by position among `labels` and the predictions.
   * Throws a `Fault` (`model-unreadable-output`) when the output does not have the shape the head promises.
   */
  add(labels: readonly ObjectLabel[], output: HeadOutput): EvaluatedImage;
  /** The metrics of all images so far. */
  result(): EvaluationResult;
};

/** One evaluated image, in pixels of the network input. */
export type EvaluatedImage = {
  readonly truths: Instances;
  readonly predictions: PredictedInstances;
  readonly outcome: ImageOutcome;
};

type EvaluationOptions = {
  readonly head: ObjectHead;
  /** Class ids of labels are below it; predictions of other classes are left out. */
  readonly classCount: number;
  /** Of a data set that brings its own tolerances, one for each keypoint; null for those of `keypointSigmas`. */
  readonly sigmas?: readonly number[] | null;
};

type Compared = {
  readonly boxes: ImageHits;
  /** By mask or by keypoints, where the task has them. */
  readonly shapes: ImageHits | null;
  readonly outcome: ImageOutcome;
};

export function createEvaluation({ head, classCount, sigmas = null }: EvaluationOptions): Evaluation {
  const shapeOverlaps = shapeOverlapsOf(head, sigmas);
  const compared: Compared[] = [];
  return {
    add(labels, output) {
      const predictions = predictedInstances(head, output, classCount);
      const truths = labelledInstances(labels, head.task, output.placement, maskGridOf(output));
      const boxes = head.task === 'obb' ? orientedOverlaps(truths, predictions) : boxOverlaps(truths, predictions);
      const outcome = imageOutcome(boxes, truths.classIds, predictions);
      compared.push({
        boxes: hitsOf(boxes, truths, predictions),
        shapes: shapeOverlaps && hitsOf(shapeOverlaps(truths, predictions), truths, predictions),
        outcome,
      });
      return { truths, predictions, outcome };
    },
    result() {
      const shapes = shapeOverlaps && detectionMetrics(compared.map((each) => present(each.shapes, 'shapes')));
      return {
        boxes: detectionMetrics(compared.map((each) => each.boxes)),
        masks: head.task === 'segment' ? shapes : null,
        keypoints: head.task === 'pose' ? shapes : null,
        confusion: objectConfusion(
          compared.map(({ boxes, outcome }) => ({ ...boxes, outcome })),
          classCount,
        ),
      };
    },
  };
}

type Overlaps = (truths: Instances, predictions: Instances) => OverlapTable;

function shapeOverlapsOf({ task, keypoints }: ObjectHead, sigmas: readonly number[] | null): Overlaps | null {
  if (task === 'segment') return maskOverlaps;
  if (task !== 'pose') return null;
  const tolerances = sigmas ?? keypointSigmas(present(keypoints, 'the skeleton of a pose head'));
  return (truths, predictions) => keypointOverlaps(truths, predictions, tolerances);
}

function maskGridOf({ prototypes }: HeadOutput): { width: number; height: number } | null {
  if (prototypes === null) return null;
  const [, height, width] = prototypes.dims;
  return { width, height };
}

function hitsOf(overlaps: OverlapTable, truths: Instances, predictions: PredictedInstances): ImageHits {
  return {
    scores: predictions.scores,
    classIds: predictions.classIds,
    hits: matchPredictions(overlaps, truths.classIds, predictions.classIds),
    truthClassIds: truths.classIds,
  };
}
