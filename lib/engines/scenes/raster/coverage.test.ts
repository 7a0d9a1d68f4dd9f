import { describe, expect, it } from 'vitest';
import { ringArea } from '@/lib/engines/geometry/polygon';
import { sceneRandom } from '@/lib/engines/scenes/random';
import { createCoverageBuffer } from '@/lib/engines/scenes/raster/coverage';
import { capsule, ellipse, hole, polygon, rectangle, roundedPolygon } from '@/lib/engines/scenes/raster/rings';
import type { Ring } from '@/lib/engines/scenes/raster/shape';

const side = 64;

/** Coverage of every pixel of a 64 × 64 picture. */
function covered(...rings: readonly Ring[]): Float32Array {
  const buffer = createCoverageBuffer(side, side);
  return readAll(buffer, rings);
}

function readAll(buffer: ReturnType<typeof createCoverageBuffer>, rings: readonly Ring[]): Float32Array {
  const all = new Float32Array(side * side);
  const bounds = buffer.fill(rings);
  const row = new Float32Array(side + 2);
  if (bounds === null) return all;
  for (let y = bounds.top; y < bounds.bottom; y++) {
    buffer.readRow(y, row);
    all.set(row.subarray(0, bounds.right - bounds.left), y * side + bounds.left);
  }
  return all;
}

function total(coverage: Float32Array): number {
  return coverage.reduce((sum, value) => sum + value, 0);
}

describe('coverage', () => {
  it('is the share of each pixel that lies inside', () => {
    const coverage = covered(rectangle(10.25, 20, 2.5, 1.5));
    expect([...coverage.subarray(20 * side + 9, 20 * side + 14)]).toEqual([0, 0.75, 1, 0.75, 0]);
    expect([...coverage.subarray(21 * side + 9, 21 * side + 14)]).toEqual([0, 0.375, 0.5, 0.375, 0]);
    expect(total(coverage)).toBeCloseTo(2.5 * 1.5, 5);
  });

  it.each([1, 2, 3, 4, 5, 6])('adds up to the area of a triangle (seed %d)', (seed) => {
    const random = sceneRandom(seed);
    const corner = (): [number, number] => [random.between(1, side - 1), random.between(1, side - 1)];
    const triangle = polygon(corner(), corner(), corner());
    expect(total(covered(triangle))).toBeCloseTo(ringArea(triangle), 2);
  });

  it.each([
    ['ellipse', ellipse(30, 30, 20, 11, 0.7)],
    ['capsule', capsule(12, 40, 6, 50, 15, 2)],
    ['rounded polygon', roundedPolygon(5, [5, 5], [50, 12], [40, 55])],
  ])('adds up to the area of an %s', (_name, ring) => {
    expect(ringArea(ring)).toBeGreaterThan(0);
    expect(total(covered(ring))).toBeCloseTo(ringArea(ring), 2);
  });

  it('counts what several rings share once, and leaves holes out', () => {
    expect(total(covered(rectangle(10, 10, 20, 20), rectangle(20, 20, 20, 20)))).toBeCloseTo(700, 3);
    expect(total(covered(rectangle(10, 10, 20, 20), hole(rectangle(15, 15, 5, 4))))).toBeCloseTo(380, 3);
  });

  it('cuts at every edge of the picture', () => {
    expect(total(covered(rectangle(-50, -50, 200, 200)))).toBeCloseTo(side * side, 1);
    expect(total(covered(ellipse(0, 0, 20)))).toBeCloseTo(ringArea(ellipse(0, 0, 20)) / 4, 1);
    expect(total(covered(ellipse(side, side, 20)))).toBeCloseTo(ringArea(ellipse(0, 0, 20)) / 4, 1);
    expect(createCoverageBuffer(side, side).fill([rectangle(70, 10, 5, 5)])).toBeNull();
    expect(createCoverageBuffer(side, side).fill([])).toBeNull();
  });

  it('forgets a shape once it was read', () => {
    const buffer = createCoverageBuffer(side, side);
    readAll(buffer, [rectangle(0, 0, side, side)]);
    expect(total(readAll(buffer, [rectangle(4, 4, 3, 3)]))).toBeCloseTo(9, 4);
  });
});
