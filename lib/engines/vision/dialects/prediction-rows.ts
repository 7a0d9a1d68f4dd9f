import { unreachable } from '@/lib/core/assert';
import { className, classShares, topClasses } from '@/lib/engines/vision/dialects/class-names';
import type { DialectContext, JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { orientedCorners } from '@/lib/engines/vision/dialects/oriented-corners';
import { roundDecimals } from '@/lib/engines/vision/dialects/rounding';
import type { Detection, VisionResult } from '@/lib/engines/vision/vision-result';

type JsonObject = { readonly [key: string]: JsonValue };

/** Decimals of the package's `to_json` when nothing else is asked. */
export const defaultDecimals = 5;

/** How many classes a classification lists in the package. */
export const topCount = 5;

/**
 * One row of the package's `Results.summary()`. `measures` holds what follows the class: `confidence`, `box`, `segments`,
 * `keypoints`, or `pixel_ratio`, under the package's own keys.
 */
export type PredictionRow = { readonly name: string; readonly classId: number; readonly measures: JsonObject };

/**
 * The rows of `Results.summary(normalize, decimals)`: one per detection, the five likeliest classes of a classification,
 * or one per class present in a class map. Depth has no rows. Numbers are rounded as Python's `round` does.
 */
export function predictionRows(
  result: VisionResult,
  { normalize = false, decimals = defaultDecimals }: Pick<DialectContext, 'normalize' | 'decimals'>,
): PredictionRow[] {
  const { image, names } = result;
  switch (result.task) {
    case 'detect':
    case 'segment':
    case 'pose':
    case 'obb': {
      const across = (x: number): number => roundDecimals(normalize ? x / image.width : x, decimals);
      const down = (y: number): number => roundDecimals(normalize ? y / image.height : y, decimals);
      return result.detections.map((detection) => ({
        name: className(names, detection.classId),
        classId: detection.classId,
        measures: {
          confidence: roundDecimals(detection.score, decimals),
          box: boxMeasures(detection, across, down),
          ...segmentMeasures(detection, across, down),
          ...keypointMeasures(detection, across, down, decimals),
        },
      }));
    }
    case 'classify':
      return topClasses(result.probabilities, names, topCount).map(({ name, classId, share }) => ({
        name,
        classId,
        measures: { confidence: roundDecimals(share, decimals) },
      }));
    case 'semantic':
      return classShares(result.classMap, names).map(({ name, classId, share }) => ({
        name,
        classId,
        measures: { pixel_ratio: roundDecimals(share, decimals) },
      }));
    case 'depth':
      return [];
    default:
      return unreachable(result);
  }
}

/** Corners of the box: x1…y2, or x1…y4 of an oriented one. */
export function boxMeasures(
  detection: Detection,
  across: (x: number) => number,
  down: (y: number) => number,
): JsonObject {
  if (detection.oriented === null) {
    const { x1, y1, x2, y2 } = detection.box;
    return { x1: across(x1), y1: down(y1), x2: across(x2), y2: down(y2) };
  }
  const [a, b, c, d] = orientedCorners(detection.oriented);
  return {
    x1: across(a.x),
    y1: down(a.y),
    x2: across(b.x),
    y2: down(b.y),
    x3: across(c.x),
    y3: down(c.y),
    x4: across(d.x),
    y4: down(d.y),
  };
}

function segmentMeasures(
  { mask }: Detection,
  across: (x: number) => number,
  down: (y: number) => number,
): { segments?: JsonObject } {
  if (mask === null) return {};
  const points = segmentPoints(mask.segment);
  return { segments: { x: points.map(([x]) => across(x)), y: points.map(([, y]) => down(y)) } };
}

function keypointMeasures(
  { keypoints }: Detection,
  across: (x: number) => number,
  down: (y: number) => number,
  decimals: number,
): { keypoints?: JsonObject } {
  if (keypoints === null) return {};
  const visible = keypoints.flatMap(({ visibility }) =>
    visibility === null ? [] : [roundDecimals(visibility, decimals)],
  );
  return {
    keypoints: {
      x: keypoints.map(({ x }) => across(x)),
      y: keypoints.map(({ y }) => down(y)),
      ...(visible.length > 0 ? { visible } : {}),
    },
  };
}

/** Pairs of a flat x, y sequence. */
export function segmentPoints(flat: Float32Array): [number, number][] {
  return Array.from({ length: flat.length >> 1 }, (_, index) => [
    flat[2 * index] as number,
    flat[2 * index + 1] as number,
  ]);
}
