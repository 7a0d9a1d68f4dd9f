import type { ImagePoint, Polygon } from '@/lib/engines/geometry/shape';

/** Signed area of a ring of flat x, y pairs (shoelace formula): positive when it runs clockwise as seen with y downwards. */
export function ringArea(ring: ArrayLike<number>): number {
  let twice = 0;
  for (let k = 0, previous = ring.length - 2; k < ring.length; previous = k, k += 2) {
    twice += ring[previous] * ring[k + 1] - ring[k] * ring[previous + 1];
  }
  return twice / 2;
}

/** Whether a point lies in any ring of the polygon (even-odd rule per ring). Points exactly on an edge may fall on either side. */
export function polygonContains(polygon: Polygon, point: ImagePoint): boolean {
  return polygon.rings.some((ring) => ringContains(ring, point));
}

/** The convex hull of flat x, y pairs, without collinear points (A. M. Andrew's monotone chain, 1979). */
export function convexHull(points: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: points.length / 2 }, (_, i) => 2 * i);
  order.sort((i, j) => points[i] - points[j] || points[i + 1] - points[j + 1]);
  const lower = hullChain(points, order);
  const upper = hullChain(points, order.reverse());
  const chain = [...lower.slice(0, -1), ...upper.slice(0, -1)];
  const corners = chain.length > 0 ? chain : lower;
  return Float64Array.from(corners.flatMap((k) => [points[k], points[k + 1]]));
}

/**
 * Joins rings into one closed outline that runs out along bridges between the nearest points of consecutive rings and back,
 * as the package does for `masks.xy` (strategy “all”). The rings are flat x, y pairs; the result repeats the points at the
 * bridges. One ring comes back unchanged.
 *
 * Faithful to the package in one odd respect, so that exports agree: where a middle ring's bridges lie in reverse order the
 * ring is turned round while the bridge positions still count from its old beginning.
 */
export function joinRings(rings: readonly Float32Array[]): Float32Array {
  if (rings.length === 0) return new Float32Array(0);
  if (rings.length === 1) return rings[0];
  const bridges = nearestBridges(rings);
  const outward: number[] = [];
  const turned = rings.map((ring, i) => openAtBridge(ring, bridges[i]));
  for (const { points, span } of turned) appendPoints(outward, points, 0, span ?? points.length / 2 - 1);
  for (const { points, span } of turned.reverse()) {
    if (span !== null) appendPoints(outward, points, span, points.length / 2 - 1);
  }
  return new Float32Array(outward);
}

type OpenedRing = {
  /** The ring from its bridge on, closed: the first point is repeated at the end. */
  readonly points: Float32Array;
  /** For a middle ring, the point where the way out leaves for the next ring; null for the first and the last. */
  readonly span: number | null;
};

/** For every ring the points its bridges start from, in the order they were found: one for the first and last, two between. */
function nearestBridges(rings: readonly Float32Array[]): number[][] {
  const bridges: number[][] = rings.map(() => []);
  for (let i = 1; i < rings.length; i++) {
    const [from, to] = nearestPoints(rings[i - 1], rings[i]);
    bridges[i - 1].push(from);
    bridges[i].push(to);
  }
  return bridges;
}

function openAtBridge(ring: Float32Array, bridge: readonly number[]): OpenedRing {
  const [first, second] = bridge;
  if (second === undefined) return { points: rotatedAndClosed(ring, first), span: null };
  if (first <= second) return { points: rotatedAndClosed(ring, first), span: second - first };
  return { points: rotatedAndClosed(reversed(ring), second), span: first - second };
}

function nearestPoints(one: Float32Array, other: Float32Array): [number, number] {
  let nearest = Number.POSITIVE_INFINITY;
  let pair: [number, number] = [0, 0];
  for (let i = 0; i < one.length; i += 2) {
    for (let j = 0; j < other.length; j += 2) {
      const distance = (one[i] - other[j]) ** 2 + (one[i + 1] - other[j + 1]) ** 2;
      if (distance >= nearest) continue;
      nearest = distance;
      pair = [i / 2, j / 2];
    }
  }
  return pair;
}

function rotatedAndClosed(ring: Float32Array, start: number): Float32Array {
  const points = new Float32Array(ring.length + 2);
  points.set(ring.subarray(2 * start), 0);
  points.set(ring.subarray(0, 2 * start), ring.length - 2 * start);
  points.set(points.subarray(0, 2), ring.length);
  return points;
}

function reversed(ring: Float32Array): Float32Array {
  const points = new Float32Array(ring.length);
  for (let k = 0; k < ring.length; k += 2) {
    points[k] = ring[ring.length - 2 - k];
    points[k + 1] = ring[ring.length - 1 - k];
  }
  return points;
}

function appendPoints(target: number[], points: Float32Array, first: number, last: number): void {
  for (let k = 2 * first; k <= 2 * last + 1; k++) target.push(points[k]);
}

function ringContains(ring: Float32Array, { x, y }: ImagePoint): boolean {
  let inside = false;
  for (let k = 0, previous = ring.length - 2; k < ring.length; previous = k, k += 2) {
    const crosses = ring[k + 1] > y !== ring[previous + 1] > y;
    if (!crosses) continue;
    const slope = (ring[previous] - ring[k]) / (ring[previous + 1] - ring[k + 1]);
    if (x < ring[k] + slope * (y - ring[k + 1])) inside = !inside;
  }
  return inside;
}

/** Indices of the hull's points from the first to the last of `order`, turning one way only. */
function hullChain(points: ArrayLike<number>, order: readonly number[]): number[] {
  const chain: number[] = [];
  for (const k of order) {
    while (chain.length >= 2 && !turnsLeft(points, chain[chain.length - 2], chain[chain.length - 1], k)) chain.pop();
    chain.push(k);
  }
  return chain;
}

function turnsLeft(points: ArrayLike<number>, a: number, b: number, c: number): boolean {
  const cross =
    (points[b] - points[a]) * (points[c + 1] - points[a + 1]) -
    (points[b + 1] - points[a + 1]) * (points[c] - points[a]);
  return cross > 0;
}
