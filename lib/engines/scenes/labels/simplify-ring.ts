/**
 * A closed line with fewer points, none of those left out farther than `tolerance` from it (U. Ramer, 1972; D. Douglas and T. Peucker,
 * 1973). Flat x, y pairs.
 */
export function simplifyRing(ring: Float32Array, tolerance: number): Float32Array {
  const count = ring.length / 2;
  if (count <= 4) return ring;
  const opposite = farthestFrom(ring, 0);
  const kept = new Uint8Array(count + 1);
  kept[0] = kept[opposite] = kept[count] = 1;
  const open: [number, number][] = [
    [0, opposite],
    [opposite, count],
  ];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [first, last] = span;
    const { at, distance } = farthestBetween(ring, first, last);
    if (distance <= tolerance) continue;
    kept[at] = 1;
    open.push([first, at], [at, last]);
  }
  const points: number[] = [];
  for (let k = 0; k < count; k++) if (kept[k] === 1) points.push(ring[2 * k], ring[2 * k + 1]);
  return Float32Array.from(points);
}

function farthestFrom(ring: Float32Array, start: number): number {
  let best = start;
  let farthest = -1;
  for (let k = 0; k < ring.length / 2; k++) {
    const distance = Math.hypot(ring[2 * k] - ring[2 * start], ring[2 * k + 1] - ring[2 * start + 1]);
    if (distance > farthest) [best, farthest] = [k, distance];
  }
  return best;
}

/** The point strictly between two that is farthest from the line through them. */
function farthestBetween(ring: Float32Array, first: number, last: number): { at: number; distance: number } {
  const wrapped = (2 * last) % ring.length;
  const [x1, y1] = [ring[2 * first], ring[2 * first + 1]];
  const [dx, dy] = [ring[wrapped] - x1, ring[wrapped + 1] - y1];
  const length = Math.hypot(dx, dy);
  let found = { at: first, distance: -1 };
  for (let k = first + 1; k < last; k++) {
    const [px, py] = [ring[2 * k] - x1, ring[2 * k + 1] - y1];
    const distance = length === 0 ? Math.hypot(px, py) : Math.abs(dx * py - dy * px) / length;
    if (distance > found.distance) found = { at: k, distance };
  }
  return found;
}
