import type { Box } from '@/lib/engines/geometry/shape';

/**
 * The part of an outline that lies within a box (I. E. Sutherland and G. W. Hodgman, “Reentrant polygon clipping”, 1974). Parts
 * that are apart stay joined along the box's edge, by bridges without width. Empty where nothing is left.
 *
 * @param outline Flat x, y pairs, not closed.
 */
export function clipToBox(outline: Float64Array, box: Box): Float64Array {
  if (liesWithin(outline, box)) return outline;
  let points = outline;
  for (const [axis, limit, sign] of [
    [0, box.x1, 1],
    [0, box.x2, -1],
    [1, box.y1, 1],
    [1, box.y2, -1],
  ] as const) {
    points = clipAlong(points, axis, limit, sign);
  }
  return points;
}

/** The smallest box around flat x, y pairs, at least one. */
export function boundsOf(points: ArrayLike<number>): Box {
  let [x1, y1, x2, y2] = [points[0], points[1], points[0], points[1]];
  for (let k = 2; k < points.length; k += 2) {
    x1 = Math.min(x1, points[k]);
    x2 = Math.max(x2, points[k]);
    y1 = Math.min(y1, points[k + 1]);
    y2 = Math.max(y2, points[k + 1]);
  }
  return { x1, y1, x2, y2 };
}

/** Whether a point lies in a box or on its edge. */
export function boxHolds({ x1, y1, x2, y2 }: Box, x: number, y: number): boolean {
  return x >= x1 && x <= x2 && y >= y1 && y <= y2;
}

function liesWithin(points: Float64Array, box: Box): boolean {
  for (let k = 0; k < points.length; k += 2) {
    if (!boxHolds(box, points[k], points[k + 1])) return false;
  }
  return true;
}

/** Keeps what is above a limit of one axis (sign 1) or below it (sign −1). */
function clipAlong(points: Float64Array, axis: 0 | 1, limit: number, sign: 1 | -1): Float64Array {
  const kept: number[] = [];
  const { length } = points;
  for (let k = 0; k < length; k += 2) {
    const next = (k + 2) % length;
    const here = (points[k + axis] - limit) * sign;
    const there = (points[next + axis] - limit) * sign;
    if (here >= 0) kept.push(points[k], points[k + 1]);
    if (here >= 0 === there >= 0) continue;
    const share = here / (here - there);
    const x = points[k] + (points[next] - points[k]) * share;
    const y = points[k + 1] + (points[next + 1] - points[k + 1]) * share;
    // Exactly on the limit, so that bridges run the same way forth and back.
    kept.push(axis === 0 ? limit : x, axis === 1 ? limit : y);
  }
  return Float64Array.from(kept);
}
