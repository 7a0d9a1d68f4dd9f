import type { Dialect, DialectContext, JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { refusedTask } from '@/lib/engines/vision/dialects/dialect-tasks';
import { imageResults } from '@/lib/engines/vision/dialects/image-results';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** The HUB's shared and dedicated inference API. Always pixels: its request has no `normalize`. */
export const hubDialect: Dialect = {
  name: 'hub',
  title: 'Ultralytics HUB inference API',
  document: hubDocument,
};

function hubDocument(result: VisionResult, context: DialectContext): JsonValue {
  if (result.task === 'semantic' || result.task === 'depth') throw refusedTask('hub', result.task);
  return {
    images: [imageResults(result, { ...context, normalize: false })],
    metadata: { imageCount: 1, model: context.modelName },
  };
}
