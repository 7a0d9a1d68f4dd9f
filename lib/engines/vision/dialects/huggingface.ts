import type { Size } from '@/lib/engines/geometry/shape';
import { className, classShares, topClasses } from '@/lib/engines/vision/dialects/class-names';
import type { Dialect, DialectContext, JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { refusedTask } from '@/lib/engines/vision/dialects/dialect-tasks';
import { defaultDecimals, topCount } from '@/lib/engines/vision/dialects/prediction-rows';
import { roundDecimals } from '@/lib/engines/vision/dialects/rounding';
import { base64 } from '@/lib/engines/vision/exports/base64';
import { rasterMask, stampMask } from '@/lib/engines/vision/exports/mask-raster';
import { encodePng } from '@/lib/engines/vision/exports/png';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** Hugging Face's object-detection, image-segmentation and image-classification pipelines. */
export const huggingfaceDialect: Dialect = {
  name: 'huggingface',
  title: 'Hugging Face pipelines',
  document: huggingfaceDocument,
};

function huggingfaceDocument(result: VisionResult, context: DialectContext): JsonValue {
  const { image, names } = result;
  const round = (value: number): number => roundDecimals(value, context.decimals ?? defaultDecimals);
  switch (result.task) {
    case 'detect':
      return result.detections.map(({ classId, score, box }) => ({
        score: round(score),
        label: className(names, classId),
        // The pipeline hands out whole pixels, cut towards zero.
        box: { xmin: Math.trunc(box.x1), ymin: Math.trunc(box.y1), xmax: Math.trunc(box.x2), ymax: Math.trunc(box.y2) },
      }));
    case 'segment':
      return result.detections.flatMap(({ classId, score, mask }) => {
        if (mask === null) return [];
        const data = new Uint8Array(image.width * image.height);
        stampMask(data, image, rasterMask(mask, image), [0xff]);
        return [{ score: round(score), label: className(names, classId), mask: maskPng(data, image) }];
      });
    case 'semantic':
      // Semantic segments have no score in the pipeline: the key stays, with null.
      return classShares(result.classMap, names).map(({ classId, name }) => ({
        score: null,
        label: name,
        mask: maskPng(
          Uint8Array.from(result.classMap, (id) => (id === classId ? 0xff : 0)),
          image,
        ),
      }));
    case 'classify':
      return topClasses(result.probabilities, names, topCount).map(({ name, share }) => ({
        label: name,
        score: round(share),
      }));
    default:
      throw refusedTask('huggingface', result.task);
  }
}

function maskPng(data: Uint8Array, { width, height }: Size): string {
  return base64(encodePng({ kind: 'grey8', width, height, data }));
}
