import type { Dialect, DialectContext, JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { refusedTask } from '@/lib/engines/vision/dialects/dialect-tasks';
import { predictionRows } from '@/lib/engines/vision/dialects/prediction-rows';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** The HUB's first inference API: fractions of width and height unless `normalize` is set to false. */
export const hubLegacyDialect: Dialect = {
  name: 'hub-legacy',
  title: 'Ultralytics HUB inference API (2024)',
  document: hubLegacyDocument,
};

function hubLegacyDocument(result: VisionResult, context: DialectContext): JsonValue {
  if (result.task === 'semantic' || result.task === 'depth') throw refusedTask('hub-legacy', result.task);
  const rows = predictionRows(result, { ...context, normalize: context.normalize ?? true });
  return {
    success: true,
    message: 'Inference complete.',
    data: rows.map(({ name, classId, measures }) => ({ name, class: classId, ...measures })),
  };
}
