import { className, topClasses } from '@/lib/engines/vision/dialects/class-names';
import type { Dialect, DialectContext, JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { refusedTask } from '@/lib/engines/vision/dialects/dialect-tasks';
import { orientedCorners } from '@/lib/engines/vision/dialects/oriented-corners';
import { defaultDecimals } from '@/lib/engines/vision/dialects/prediction-rows';
import { roundDecimals } from '@/lib/engines/vision/dialects/rounding';
import { rasterMask, runLengths } from '@/lib/engines/vision/exports/mask-raster';
import type { Detection, VisionResult } from '@/lib/engines/vision/vision-result';

/**
 * The fields of supervision's `Detections`, `KeyPoints` and `Classifications`, column by column. Masks are COCO run lengths,
 * which `rle_to_mask` reads back into the boolean arrays that JSON cannot hold.
 */
export const supervisionDialect: Dialect = {
  name: 'supervision',
  title: 'Roboflow supervision',
  document: supervisionDocument,
};

function supervisionDocument(result: VisionResult, context: DialectContext): JsonValue {
  const round = (value: number): number => roundDecimals(value, context.decimals ?? defaultDecimals);
  switch (result.task) {
    case 'detect':
    case 'segment':
    case 'obb':
      return detections(result, round);
    case 'pose':
      return keyPoints(result, round);
    case 'classify': {
      const classes = topClasses(result.probabilities, result.names, result.probabilities.length);
      return {
        class_id: classes.map(({ classId }) => classId),
        confidence: classes.map(({ share }) => round(share)),
        data: { class_name: classes.map(({ name }) => name) },
      };
    }
    default:
      throw refusedTask('supervision', result.task);
  }
}

type DetectionResult = Extract<VisionResult, { detections: readonly Detection[] }>;

function detections(result: DetectionResult, round: (value: number) => number): JsonValue {
  const { detections: found, image } = result;
  return {
    xyxy: found.map(({ box }) => [box.x1, box.y1, box.x2, box.y2].map(round)),
    mask:
      result.task === 'segment'
        ? found.map(({ mask }) => (mask ? runLengths(rasterMask(mask, image), image) : null))
        : null,
    ...classColumns(result, round),
    tracker_id: null,
    data: {
      class_name: classNames(result),
      ...(result.task === 'obb'
        ? {
            xyxyxyxy: found.map(({ oriented }) =>
              oriented ? orientedCorners(oriented).map(({ x, y }) => [round(x), round(y)]) : null,
            ),
          }
        : {}),
    },
    metadata: {},
  };
}

function keyPoints(result: DetectionResult, round: (value: number) => number): JsonValue {
  const points = result.detections.map(({ keypoints }) => keypoints ?? []);
  const hasVisibility = points.some((instance) => instance.some(({ visibility }) => visibility !== null));
  return {
    xy: points.map((instance) => instance.map(({ x, y }) => [round(x), round(y)])),
    keypoint_confidence: hasVisibility
      ? points.map((instance) => instance.map(({ visibility }) => (visibility === null ? null : round(visibility))))
      : null,
    detection_confidence: result.detections.map(({ score }) => round(score)),
    class_id: result.detections.map(({ classId }) => classId),
    data: {
      class_name: classNames(result),
      xyxy: result.detections.map(({ box }) => [box.x1, box.y1, box.x2, box.y2].map(round)),
    },
  };
}

function classColumns(
  { detections: found }: DetectionResult,
  round: (value: number) => number,
): { confidence: number[]; class_id: number[] } {
  return { confidence: found.map(({ score }) => round(score)), class_id: found.map(({ classId }) => classId) };
}

function classNames({ detections: found, names }: DetectionResult): string[] {
  return found.map(({ classId }) => className(names, classId));
}
