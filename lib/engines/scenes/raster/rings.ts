import { ringArea } from '@/lib/engines/geometry/polygon';
import type { Ring } from '@/lib/engines/scenes/raster/shape';

/** All rings here run clockwise as seen with y downwards, so that several make their union. */

/** Corners of an ellipse: at a radius of 250 pixels they deviate from it by half a pixel. */
const ellipseCorners = 50;
const capCorners = 9;
const roundCorners = 6;

type Point = readonly [number, number];

/** Where a corner is, and how far it is rounded off if not as all others. */
export type RoundedCorner = readonly [number, number, number?];

export function polygon(...points: readonly Point[]): Ring {
  return clockwise(Float64Array.from(points.flat()));
}

export function rectangle(x: number, y: number, width: number, height: number): Ring {
  return Float64Array.of(x, y, x + width, y, x + width, y + height, x, y + height);
}

export function ellipse(cx: number, cy: number, rx: number, ry: number = rx, turn = 0): Ring {
  const ring = new Float64Array(2 * ellipseCorners);
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  for (let k = 0; k < ellipseCorners; k++) {
    const angle = (2 * Math.PI * k) / ellipseCorners;
    const x = rx * Math.cos(angle);
    const y = ry * Math.sin(angle);
    ring[2 * k] = cx + x * cos - y * sin;
    ring[2 * k + 1] = cy + x * sin + y * cos;
  }
  return ring;
}

export function roundedRectangle(x: number, y: number, width: number, height: number, radius: number): Ring {
  return roundedPolygon(radius, [x, y], [x + width, y], [x + width, y + height], [x, y + height]);
}

/** A polygon whose corners are rounded off: by the third number of a corner, or by `radius`. Short sides take smaller ones. */
export function roundedPolygon(radius: number, ...corners: readonly RoundedCorner[]): Ring {
  const points: number[] = [];
  corners.forEach(([x, y, own], k) => {
    const [px, py] = corners[(k + corners.length - 1) % corners.length];
    const [nx, ny] = corners[(k + 1) % corners.length];
    const before = Math.hypot(px - x, py - y);
    const after = Math.hypot(nx - x, ny - y);
    const reach = Math.min(own ?? radius, before / 2, after / 2);
    if (reach === 0) {
      points.push(x, y);
      return;
    }
    const startX = x + ((px - x) / before) * reach;
    const startY = y + ((py - y) / before) * reach;
    const endX = x + ((nx - x) / after) * reach;
    const endY = y + ((ny - y) / after) * reach;
    for (let step = 0; step <= roundCorners; step++) {
      const t = step / roundCorners;
      const [one, two, three] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
      points.push(one * startX + two * x + three * endX, one * startY + two * y + three * endY);
    }
  });
  return clockwise(Float64Array.from(points));
}

/** The hull of two circles: a limb, a tube, a stroke with round ends. */
export function capsule(x1: number, y1: number, r1: number, x2: number, y2: number, r2: number = r1): Ring {
  const distance = Math.hypot(x2 - x1, y2 - y1);
  if (distance <= Math.abs(r1 - r2)) return r1 > r2 ? ellipse(x1, y1, r1) : ellipse(x2, y2, r2);
  const direction = Math.atan2(y2 - y1, x2 - x1);
  const tangent = Math.acos((r1 - r2) / distance);
  const points: number[] = [];
  arc(points, x2, y2, r2, direction - tangent, direction + tangent);
  arc(points, x1, y1, r1, direction + tangent, direction + 2 * Math.PI - tangent);
  return Float64Array.from(points);
}

/** A line of a width with round joints and ends, as rings that make its union. */
export function stroke(width: number, ...points: readonly Point[]): Ring[] {
  return points.slice(1).map(([x, y], k) => capsule(points[k][0], points[k][1], width / 2, x, y));
}

/** A closed smooth line through points (E. Catmull and R. Rom, “A class of local interpolating splines”, 1974). */
export function smoothRing(...points: readonly Point[]): Ring {
  const steps = 8;
  const ring: number[] = [];
  const at = (k: number) => points[(k + points.length) % points.length];
  points.forEach((start, k) => {
    const [before, end, after] = [at(k - 1), at(k + 1), at(k + 2)];
    for (let step = 0; step < steps; step++) {
      const t = step / steps;
      ring.push(
        catmullRom(before[0], start[0], end[0], after[0], t),
        catmullRom(before[1], start[1], end[1], after[1], t),
      );
    }
  });
  return clockwise(Float64Array.from(ring));
}

/** The same ring run the other way: a hole in a shape that has a ring around it. */
export function hole(ring: Ring): Ring {
  const turned = new Float64Array(ring.length);
  for (let k = 0; k < ring.length; k += 2) {
    turned[k] = ring[ring.length - 2 - k];
    turned[k + 1] = ring[ring.length - 1 - k];
  }
  return turned;
}

function arc(points: number[], cx: number, cy: number, radius: number, from: number, to: number): void {
  for (let k = 0; k <= capCorners; k++) {
    const angle = from + ((to - from) * k) / capCorners;
    points.push(cx + radius * Math.cos(angle), cy + radius * Math.sin(angle));
  }
}

function catmullRom(before: number, start: number, end: number, after: number, t: number): number {
  const cubic = 3 * (start - end) + after - before;
  return start + 0.5 * t * (end - before + t * (2 * before - 5 * start + 4 * end - after + t * cubic));
}

function clockwise(ring: Ring): Ring {
  return ringArea(ring) < 0 ? hole(ring) : ring;
}
