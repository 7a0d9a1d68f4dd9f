import { nameOf } from '@/components/test/session/summarise-result';
import type { Box, OrientedBox } from '@/lib/engines/geometry/shape';
import type { Detection, VisionResult } from '@/lib/engines/vision/vision-result';

/** Two detections are the same thing when their class names are equal and they overlap at least this much. */
const sameThingIou = 0.5;

export type Comparison = {
  readonly onlyFirst: readonly Detection[];
  readonly onlySecond: readonly Detection[];
  readonly both: readonly { readonly first: Detection; readonly second: Detection; readonly iou: number }[];
};

/**
 * What each of two results found that the other did not. Pairs are taken greedily, largest overlap first, so that one
 * detection never stands for two. Names are compared, not indices: the models may number their classes differently.
 * Null when one of the results has no detections by nature (classify, semantic, depth).
 */
export function compareResults(first: VisionResult, second: VisionResult): Comparison | null {
  if (!('detections' in first) || !('detections' in second)) return null;
  const pairs = candidatePairs(first.detections, first.names, second.detections, second.names);
  const usedFirst = new Set<Detection>();
  const usedSecond = new Set<Detection>();
  const both: Comparison['both'][number][] = [];
  for (const pair of pairs) {
    if (usedFirst.has(pair.first) || usedSecond.has(pair.second)) continue;
    usedFirst.add(pair.first);
    usedSecond.add(pair.second);
    both.push(pair);
  }
  return {
    onlyFirst: first.detections.filter((detection) => !usedFirst.has(detection)),
    onlySecond: second.detections.filter((detection) => !usedSecond.has(detection)),
    both,
  };
}

function candidatePairs(
  first: readonly Detection[],
  firstNames: readonly string[],
  second: readonly Detection[],
  secondNames: readonly string[],
): Comparison['both'][number][] {
  const pairs: Comparison['both'][number][] = [];
  for (const a of first) {
    for (const b of second) {
      if (nameOf(firstNames, a.classId) !== nameOf(secondNames, b.classId)) continue;
      const iou = overlap(a, b);
      if (iou >= sameThingIou) pairs.push({ first: a, second: b, iou });
    }
  }
  return pairs.sort((a, b) => b.iou - a.iou);
}

function overlap(a: Detection, b: Detection): number {
  if (a.oriented && b.oriented) return orientedIou(a.oriented, b.oriented);
  return boxIou(a.box, b.box);
}

function boxIou(a: Box, b: Box): number {
  const width = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
  const height = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
  if (width <= 0 || height <= 0) return 0;
  const inter = width * height;
  const union = (a.x2 - a.x1) * (a.y2 - a.y1) + (b.x2 - b.x1) * (b.y2 - b.y1) - inter;
  return union > 0 ? inter / union : 0;
}

type Corner = readonly [x: number, y: number];

/** Exact intersection over union of two rotated rectangles: one clipped by each side of the other (Sutherland–Hodgman). */
function orientedIou(a: OrientedBox, b: OrientedBox): number {
  const clip = corners(b);
  let shape: Corner[] = corners(a);
  for (let side = 0; side < clip.length && shape.length > 0; side++) {
    const from = clip[side];
    const to = clip[(side + 1) % clip.length];
    if (from && to) shape = clipBySide(shape, from, to);
  }
  const inter = area(shape);
  const union = a.width * a.height + b.width * b.height - inter;
  return union > 0 ? inter / union : 0;
}

function corners({ cx, cy, width, height, angle }: OrientedBox): Corner[] {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const unit: readonly Corner[] = [
    [-0.5, -0.5],
    [0.5, -0.5],
    [0.5, 0.5],
    [-0.5, 0.5],
  ];
  return unit.map(
    ([u, v]): Corner => [cx + u * width * cos - v * height * sin, cy + u * width * sin + v * height * cos],
  );
}

function clipBySide(shape: readonly Corner[], from: Corner, to: Corner): Corner[] {
  const side = ([x, y]: Corner): number => (to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0]);
  const kept: Corner[] = [];
  for (const [index, current] of shape.entries()) {
    const next = shape[(index + 1) % shape.length] ?? current;
    const here = side(current);
    const there = side(next);
    if (here >= 0) kept.push(current);
    if (here * there < 0) {
      const t = here / (here - there);
      kept.push([current[0] + t * (next[0] - current[0]), current[1] + t * (next[1] - current[1])]);
    }
  }
  return kept;
}

function area(shape: readonly Corner[]): number {
  let twice = 0;
  for (const [index, [x, y]] of shape.entries()) {
    const [nextX, nextY] = shape[(index + 1) % shape.length] ?? [x, y];
    twice += x * nextY - nextX * y;
  }
  return Math.abs(twice) / 2;
}
