import type { DialectContext, JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { predictionRows } from '@/lib/engines/vision/dialects/prediction-rows';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** One entry of the `images` list that the HUB and today's platform share: rows, [height, width] and milliseconds. */
export function imageResults(
  result: VisionResult,
  context: DialectContext,
): { results: JsonValue[]; shape: [number, number]; speed?: JsonValue } {
  return {
    results: predictionRows(result, context).map(({ name, classId, measures }) => ({
      class: classId,
      name,
      ...measures,
    })),
    shape: [result.image.height, result.image.width],
    ...(context.speed ? { speed: { ...context.speed } } : {}),
  };
}
