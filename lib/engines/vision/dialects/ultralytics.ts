import type { Dialect, DialectContext, JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { depthImage } from '@/lib/engines/vision/dialects/map-images';
import { defaultDecimals, predictionRows } from '@/lib/engines/vision/dialects/prediction-rows';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** The package's own `Results.to_json()`: rows of detections or classes; for depth the map itself, with 16 bits. */
export const ultralyticsDialect: Dialect = {
  name: 'ultralytics',
  title: 'Ultralytics Results.to_json()',
  document: ultralyticsDocument,
};

function ultralyticsDocument(result: VisionResult, context: DialectContext): JsonValue {
  if (result.task === 'depth') return depthImage(result, 16, context.decimals ?? defaultDecimals);
  return predictionRows(result, context).map(({ name, classId, measures }) => ({ name, class: classId, ...measures }));
}
