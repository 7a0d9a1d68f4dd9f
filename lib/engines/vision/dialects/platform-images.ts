import type { Dialect, DialectContext, JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { imageResults } from '@/lib/engines/vision/dialects/image-results';
import { classMapImage, depthImage } from '@/lib/engines/vision/dialects/map-images';
import { defaultDecimals } from '@/lib/engines/vision/dialects/prediction-rows';
import { roundDecimals } from '@/lib/engines/vision/dialects/rounding';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** Today's platform reply: one entry per image, class maps and depth as PNG beside the rows, and what was run. */
export const platformImagesDialect: Dialect = {
  name: 'platform-images',
  title: 'Platform today (images and metadata)',
  document: platformImagesDocument,
};

function platformImagesDocument(result: VisionResult, context: DialectContext): JsonValue {
  return {
    images: [{ ...imageResults(result, context), ...denseMap(result, context) }],
    metadata: { imageCount: 1, ...callTime(context), model: context.modelName, task: result.task },
  };
}

function denseMap(result: VisionResult, context: DialectContext): { [key: string]: JsonValue } {
  if (result.task === 'semantic') return { semantic_mask: classMapImage(result) };
  if (result.task === 'depth') return { depth: depthImage(result, 8, context.decimals ?? defaultDecimals) };
  return {};
}

/** Seconds of the whole call, when the steps were timed. */
function callTime({ speed }: DialectContext): { [key: string]: JsonValue } {
  if (!speed) return {};
  return { functionTimeCall: roundDecimals((speed.preprocess + speed.inference + speed.postprocess) / 1000, 6) };
}
