import { describe, expect, it } from 'vitest';
import { polygonContains, ringArea } from '@/lib/engines/geometry/polygon';
import {
  boundsOf,
  boundsWithin,
  clipToRegion,
  convexRegion,
  cornersOfBox,
  regionHolds,
} from '@/lib/engines/training/augment/convex-region';
import { createRandom } from '@/lib/engines/training/augment/seeded-random';

const square = convexRegion(cornersOfBox({ x1: 0, y1: 0, x2: 10, y2: 10 }));

/** A U that lies on its side and reaches into the square with both arms. */
const arms = Float64Array.of(-8, 1, 5, 1, 5, 3, -4, 3, -4, 7, 4, 7, 4, 9, -8, 9);

describe('clipToRegion', () => {
  it('leaves what lies within as it is, whichever way the region runs', () => {
    const inside = Float64Array.of(1, 1, 9, 2, 5, 10);
    expect(clipToRegion(inside, square)).toEqual(inside);
    expect(clipToRegion(inside, convexRegion(Float64Array.of(0, 0, 0, 10, 10, 10, 10, 0)))).toEqual(inside);
  });

  it('keeps the area of what is seen, and nothing of what is not', () => {
    expect(Math.abs(ringArea(clipToRegion(arms, square)))).toBeCloseTo(5 * 2 + 4 * 2, 9);
    expect(clipToRegion(Float64Array.of(11, 0, 20, 0, 15, 5), square)).toHaveLength(0);
  });

  it('keeps the part of a turned region that an outline around it covers', () => {
    const diamond = convexRegion(Float64Array.of(5, 0, 10, 5, 5, 10, 0, 5));
    const around = cornersOfBox({ x1: -5, y1: -5, x2: 20, y2: 20 });
    expect(Math.abs(ringArea(clipToRegion(around, diamond)))).toBeCloseTo(50, 9);
    expect(boundsWithin(around, diamond)).toEqual({ x1: 0, y1: 0, x2: 10, y2: 10 });
  });
});

describe('boundsWithin', () => {
  it('does not take the way between two parts for a part', () => {
    const lower = convexRegion(Float64Array.of(0, 5, 0, 0, 10, 0, 10, 5));
    // The outline that is clipped side by side runs along the rim to the corner at y = 5; what is seen ends at y = 3.
    expect(boundsOf(clipToRegion(arms, lower)).y2).toBe(5);
    expect(boundsWithin(arms, lower)).toEqual({ x1: 0, y1: 1, x2: 5, y2: 3 });
  });

  it('agrees with points that are tried one by one', () => {
    const random = createRandom(11);
    let compared = 0;
    for (let round = 0; round < 60; round++) {
      const point = () => random.uniform(-4, 14);
      const outline = Float64Array.from({ length: 12 }, point);
      const corner = random.uniform(0, Math.PI / 2);
      const turned = [0, 1, 2, 3].flatMap((k) => [
        5 + 5 * Math.cos(corner + (k * Math.PI) / 2),
        5 + 5 * Math.sin(corner + (k * Math.PI) / 2),
      ]);
      const region = convexRegion(Float64Array.from(turned));
      const polygon = { rings: [Float32Array.from(outline)] };
      const found: number[] = [];
      for (let x = 0; x < 10; x += 0.05) {
        for (let y = 0; y < 10; y += 0.05) {
          if (regionHolds(region, x, y) && polygonContains(polygon, { x, y })) found.push(x, y);
        }
      }
      const bounds = boundsWithin(outline, region);
      if (found.length === 0) continue;
      const expected = boundsOf(found);
      // Tips between the points that are tried reach a little farther.
      for (const key of ['x1', 'y1'] as const) {
        expect(bounds?.[key]).toBeLessThanOrEqual(expected[key]);
        expect(expected[key] - (bounds?.[key] ?? 0)).toBeLessThan(1.5);
      }
      for (const key of ['x2', 'y2'] as const) {
        expect(bounds?.[key]).toBeGreaterThanOrEqual(expected[key]);
        expect((bounds?.[key] ?? 0) - expected[key]).toBeLessThan(1.5);
      }
      compared++;
    }
    expect(compared).toBeGreaterThan(40);
  });
});
