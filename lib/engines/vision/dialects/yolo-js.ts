import { className, topClasses } from '@/lib/engines/vision/dialects/class-names';
import type { Dialect, DialectContext, JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { packageColour } from '@/lib/engines/vision/dialects/package-palette';
import { defaultDecimals, topCount } from '@/lib/engines/vision/dialects/prediction-rows';
import { roundDecimals } from '@/lib/engines/vision/dialects/rounding';
import {
  depthOverlay,
  instanceOverlay,
  semanticIds,
  semanticOverlay,
} from '@/lib/engines/vision/dialects/yolo-js-overlays';
import type { Detection, VisionResult } from '@/lib/engines/vision/vision-result';

/**
 * The `Results` of the @ultralytics/yolo npm package. Its typed arrays (`masks`, `depth`, `semantic_mask`) cannot stand in
 * JSON: each is `{shape, encoding: "png", data}` with the same pixels, or null where the package has an empty array.
 */
export const yoloJsDialect: Dialect = {
  name: 'yolo-js',
  title: '@ultralytics/yolo results',
  document: yoloJsDocument,
};

function yoloJsDocument(result: VisionResult, context: DialectContext): JsonValue {
  const round = (value: number): number => roundDecimals(value, context.decimals ?? defaultDecimals);
  const detections = 'detections' in result ? result.detections : [];
  return {
    task: result.task,
    width: result.image.width,
    height: result.image.height,
    boxes: detections
      .filter(({ oriented }) => oriented === null)
      .map((detection) => box(detection, result.names, round)),
    obb: detections.flatMap((detection) => orientedBox(detection, result.names, round)),
    keypoints: detections.flatMap((detection) => keypoints(detection, round)),
    probs: probabilities(result, round),
    masks: masks(result),
    ...(result.task === 'semantic' ? { semantic_mask: semanticIds(result) } : {}),
    depth: result.task === 'depth' ? depthOverlay(result) : null,
    ...(result.task === 'depth' ? { depth_range: [round(result.range.min), round(result.range.max)] } : {}),
    ...(context.speed ? { speed: { ...context.speed } } : {}),
  };
}

type Round = (value: number) => number;

function box(
  { box: { x1, y1, x2, y2 }, classId, score }: Detection,
  names: readonly string[],
  round: Round,
): JsonValue {
  return { x1: round(x1), y1: round(y1), x2: round(x2), y2: round(y2), ...classFields(classId, score, names, round) };
}

function orientedBox({ oriented, classId, score }: Detection, names: readonly string[], round: Round): JsonValue[] {
  if (oriented === null) return [];
  return [
    {
      x: round(oriented.cx),
      y: round(oriented.cy),
      w: round(oriented.width),
      h: round(oriented.height),
      angle: round(oriented.angle),
      ...classFields(classId, score, names, round),
    },
  ];
}

function classFields(
  classId: number,
  score: number,
  names: readonly string[],
  round: Round,
): { conf: number; cls: number; name: string; color: string } {
  return { conf: round(score), cls: classId, name: className(names, classId), color: packageColour(classId) };
}

function keypoints({ keypoints: points, classId }: Detection, round: Round): JsonValue[] {
  if (points === null) return [];
  // Points without a visibility count as seen, as in the package.
  return [
    {
      points: points.map(({ x, y, visibility }) => [round(x), round(y), round(visibility ?? 1)]),
      color: packageColour(classId),
    },
  ];
}

function probabilities(result: VisionResult, round: Round): JsonValue {
  if (result.task !== 'classify') return null;
  const classes = topClasses(result.probabilities, result.names, topCount);
  const [best] = classes;
  if (best === undefined) return null;
  return {
    top1: best.classId,
    top5: classes.map(({ classId }) => classId),
    top1conf: round(best.share),
    top5conf: classes.map(({ share }) => round(share)),
    name: best.name,
    top5names: classes.map(({ name }) => name),
    color: packageColour(best.classId),
  };
}

function masks(result: VisionResult): JsonValue {
  if (result.task === 'segment') return instanceOverlay(result);
  if (result.task === 'semantic') return semanticOverlay(result);
  return null;
}
