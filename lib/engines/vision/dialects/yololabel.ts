import type { Box, Size } from '@/lib/engines/geometry/shape';
import { className } from '@/lib/engines/vision/dialects/class-names';
import type { Dialect, DialectContext, JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { refusedTask } from '@/lib/engines/vision/dialects/dialect-tasks';
import { defaultDecimals } from '@/lib/engines/vision/dialects/prediction-rows';
import { formatDecimals, roundDecimals } from '@/lib/engines/vision/dialects/rounding';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** The result of a YoloLabel job: boxes in pixels, and the same as normalised YOLO labels of four decimals. */
export const yololabelDialect: Dialect = {
  name: 'yololabel',
  title: 'YoloLabel job result',
  document: yololabelDocument,
};

const labelDecimals = 4;

function yololabelDocument(result: VisionResult, context: DialectContext): JsonValue {
  if (result.task !== 'detect') throw refusedTask('yololabel', result.task);
  const round = (value: number): number => roundDecimals(value, context.decimals ?? defaultDecimals);
  return {
    detections: result.detections.map(({ classId, score, box }) => ({
      label: className(result.names, classId),
      score: round(score),
      bbox: [round(box.x1), round(box.y1), round(box.x2), round(box.y2)],
      class_id: classId,
    })),
    yolo_txt: result.detections.map(({ classId, box }) => labelLine(classId, box, result.image)).join('\n'),
    image_width: result.image.width,
    image_height: result.image.height,
    ...(context.speed ? { compute_ms: Math.round(context.speed.inference) } : {}),
  };
}

function labelLine(classId: number, { x1, y1, x2, y2 }: Box, { width, height }: Size): string {
  const fractions = [(x1 + x2) / 2 / width, (y1 + y2) / 2 / height, (x2 - x1) / width, (y2 - y1) / height];
  return [classId, ...fractions.map((fraction) => formatDecimals(fraction, labelDecimals))].join(' ');
}
