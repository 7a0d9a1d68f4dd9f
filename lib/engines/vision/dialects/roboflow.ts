import { className, classShares, topClasses } from '@/lib/engines/vision/dialects/class-names';
import { contentId } from '@/lib/engines/vision/dialects/content-id';
import type { Dialect, DialectContext, JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { refusedTask } from '@/lib/engines/vision/dialects/dialect-tasks';
import { classMapPng } from '@/lib/engines/vision/dialects/map-images';
import { defaultDecimals, segmentPoints } from '@/lib/engines/vision/dialects/prediction-rows';
import { roundDecimals } from '@/lib/engines/vision/dialects/rounding';
import type { Detection, VisionResult } from '@/lib/engines/vision/vision-result';

/**
 * Roboflow's hosted inference: boxes by their centre, polygons as points. Time and inference id are left out, and a
 * detection's id follows from its content, so that a document is the same on every run.
 */
export const roboflowDialect: Dialect = {
  name: 'roboflow',
  title: 'Roboflow inference',
  document: roboflowDocument,
};

function roboflowDocument(result: VisionResult, context: DialectContext): JsonValue {
  const round = (value: number): number => roundDecimals(value, context.decimals ?? defaultDecimals);
  const image = { width: result.image.width, height: result.image.height };
  switch (result.task) {
    case 'detect':
    case 'segment':
    case 'pose':
      return {
        image,
        predictions: result.detections.map((detection, index) =>
          prediction(detection, index, className(result.names, detection.classId), context, round),
        ),
      };
    case 'classify': {
      const classes = topClasses(result.probabilities, result.names, result.probabilities.length);
      const [best] = classes;
      return {
        image,
        predictions: classes.map(({ name, classId, share }) => ({
          class: name,
          class_id: classId,
          confidence: round(share),
        })),
        ...(best ? { top: best.name, confidence: round(best.share) } : {}),
      };
    }
    case 'semantic': {
      const present = classShares(result.classMap, result.names);
      return {
        image,
        predictions: {
          segmentation_mask: classMapPng(result),
          class_map: Object.fromEntries(present.map(({ classId, name }) => [String(classId), name])),
          present_class_ids: present.map(({ classId }) => classId),
        },
      };
    }
    default:
      throw refusedTask('roboflow', result.task);
  }
}

function prediction(
  { box, classId, score, mask, keypoints }: Detection,
  index: number,
  name: string,
  { imageName, modelName }: DialectContext,
  round: (value: number) => number,
): JsonValue {
  const measures = {
    x: round((box.x1 + box.x2) / 2),
    y: round((box.y1 + box.y2) / 2),
    width: round(box.x2 - box.x1),
    height: round(box.y2 - box.y1),
    confidence: round(score),
    class: name,
    class_id: classId,
  };
  return {
    ...measures,
    detection_id: contentId(JSON.stringify([imageName, modelName, index, measures])),
    ...(mask
      ? {
          mask_format: 'polygon',
          points: segmentPoints(mask.segment).map(([x, y]) => ({ x: round(x), y: round(y) })),
        }
      : {}),
    ...(keypoints
      ? {
          // The result knows keypoints by number only, so the number is their class too.
          keypoints: keypoints.map(({ x, y, visibility }, id) => ({
            x: round(x),
            y: round(y),
            confidence: round(visibility ?? score),
            class_id: id,
            class: String(id),
          })),
        }
      : {}),
  };
}
