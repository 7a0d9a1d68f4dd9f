import { className, topClasses } from '@/lib/engines/vision/dialects/class-names';
import type { Dialect, DialectContext, JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { refusedTask } from '@/lib/engines/vision/dialects/dialect-tasks';
import { boxMeasures, defaultDecimals, segmentPoints, topCount } from '@/lib/engines/vision/dialects/prediction-rows';
import { roundDecimals } from '@/lib/engines/vision/dialects/rounding';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/**
 * The platform's Test tab reply: `class` is the name, segments are point pairs, keypoints objects. Pixels of the upright
 * original, whatever the context says of normalising: this reply has no such parameter.
 */
export const platformDialect: Dialect = {
  name: 'platform',
  title: 'Platform Test tab and REST API',
  document: platformDocument,
};

function platformDocument(result: VisionResult, context: DialectContext): JsonValue {
  return {
    success: true,
    predictions: predictions(result, context.decimals ?? defaultDecimals),
    image: { width: result.image.width, height: result.image.height },
    ...(context.speed ? { speed: { ...context.speed } } : {}),
  };
}

function predictions(result: VisionResult, decimals: number): JsonValue[] {
  const round = (value: number): number => roundDecimals(value, decimals);
  if (result.task === 'semantic' || result.task === 'depth') throw refusedTask('platform', result.task);
  if (result.task === 'classify') {
    return topClasses(result.probabilities, result.names, topCount).map(({ name, classId, share }) => ({
      class: name,
      classId,
      confidence: round(share),
    }));
  }
  return result.detections.map((detection) => ({
    class: className(result.names, detection.classId),
    classId: detection.classId,
    confidence: round(detection.score),
    box: boxMeasures(detection, round, round),
    ...(detection.mask
      ? { segments: segmentPoints(detection.mask.segment).map(([x, y]) => [round(x), round(y)]) }
      : {}),
    ...(detection.keypoints
      ? {
          keypoints: detection.keypoints.map(({ x, y, visibility }) => ({
            x: round(x),
            y: round(y),
            ...(visibility === null ? {} : { conf: round(visibility) }),
          })),
        }
      : {}),
  }));
}
