import { polygonContains, ringArea } from '@/lib/engines/geometry/polygon';
import type { Box } from '@/lib/engines/geometry/shape';

/** A convex part of the plane: its corners as flat x, y pairs, and for each side the points that lie on its inner side. */
export type ConvexRegion = {
  readonly corners: Float64Array;
  /** Points with a·x + b·y + c ≥ 0; (a, b) is no unit vector. */
  readonly sides: readonly { readonly a: number; readonly b: number; readonly c: number }[];
};

/** Points on the rim are inside, however they were rounded; in the units of `ConvexRegion.sides`. */
const tolerance = 1e-6;

/** The region within a convex outline that runs either way. */
export function convexRegion(corners: Float64Array): ConvexRegion {
  const turn = Math.sign(ringArea(corners));
  const sides = Array.from({ length: corners.length / 2 }, (_, side) => {
    const next = (2 * side + 2) % corners.length;
    const a = (corners[2 * side + 1] - corners[next + 1]) * turn;
    const b = (corners[next] - corners[2 * side]) * turn;
    return { a, b, c: -a * corners[2 * side] - b * corners[2 * side + 1] };
  });
  return { corners, sides };
}

/** The corners of a box as an outline. */
export function cornersOfBox({ x1, y1, x2, y2 }: Box): Float64Array {
  return Float64Array.of(x1, y1, x2, y1, x2, y2, x1, y2);
}

/** Whether a point lies in the region or on its rim. */
export function regionHolds({ sides }: ConvexRegion, x: number, y: number): boolean {
  return sides.every(({ a, b, c }) => a * x + b * y + c >= -tolerance);
}

/**
 * The part of an outline that lies within a region (I. E. Sutherland and G. W. Hodgman, “Reentrant polygon clipping”, 1974). Parts
 * that are apart stay joined along the rim, by bridges without width. Empty where nothing is left.
 *
 * @param outline Flat x, y pairs, not closed.
 */
export function clipToRegion(outline: Float64Array, region: ConvexRegion): Float64Array {
  let points = outline;
  for (const { a, b, c } of region.sides) {
    const kept: number[] = [];
    for (let k = 0; k < points.length; k += 2) {
      const next = (k + 2) % points.length;
      const here = a * points[k] + b * points[k + 1] + c;
      const there = a * points[next] + b * points[next + 1] + c;
      if (here >= 0) kept.push(points[k], points[k + 1]);
      if (here >= 0 === there >= 0) continue;
      const share = here / (here - there);
      kept.push(
        points[k] + (points[next] - points[k]) * share,
        points[k + 1] + (points[next + 1] - points[k + 1]) * share,
      );
    }
    points = Float64Array.from(kept);
  }
  return points;
}

/**
 * The bounds of the part of an outline that lies within a region, or null where there is none. Unlike those of the clipped outline
 * they do not take in the bridges between its parts: they are those of the edges within the region, and of the region's corners
 * within the outline.
 */
export function boundsWithin(outline: Float64Array, region: ConvexRegion): Box | null {
  const points: number[] = [];
  for (let k = 0; k < outline.length; k += 2) {
    const next = (k + 2) % outline.length;
    const edge = {
      x: outline[k],
      y: outline[k + 1],
      dx: outline[next] - outline[k],
      dy: outline[next + 1] - outline[k + 1],
    };
    for (const share of sharesWithin(edge, region)) points.push(edge.x + share * edge.dx, edge.y + share * edge.dy);
  }
  const polygon = { rings: [Float32Array.from(outline)] };
  const { corners } = region;
  for (let k = 0; k < corners.length; k += 2) {
    const corner = { x: corners[k], y: corners[k + 1] };
    if (polygonContains(polygon, corner)) points.push(corner.x, corner.y);
  }
  return points.length === 0 ? null : boundsOf(points);
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

type Edge = { readonly x: number; readonly y: number; readonly dx: number; readonly dy: number };

/** Where an edge enters and leaves a region, as shares of its length (M. Cyrus and J. Beck, 1978); nothing where it stays outside. */
function sharesWithin({ x, y, dx, dy }: Edge, { sides }: ConvexRegion): readonly number[] {
  let from = 0;
  let to = 1;
  for (const { a, b, c } of sides) {
    const start = a * x + b * y + c;
    const rise = a * dx + b * dy;
    if (rise > 0) from = Math.max(from, -start / rise);
    else if (rise < 0) to = Math.min(to, -start / rise);
    else if (start < -tolerance) return [];
  }
  return from <= to ? [from, to] : [];
}
