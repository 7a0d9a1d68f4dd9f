import { describe, expect, it } from 'vitest';
import { boxFromCentre, intersectionOverUnion } from '@/lib/engines/geometry/box';
import {
  minimumAreaRectangle,
  orientedBoxBounds,
  orientedBoxCorners,
  probiou,
} from '@/lib/engines/geometry/oriented-box';
import { convexHull, joinRings, polygonContains, ringArea } from '@/lib/engines/geometry/polygon';

describe('boxes', () => {
  it('overlap by the shared part of their union', () => {
    const one = boxFromCentre(5, 5, 10, 10);
    expect(intersectionOverUnion(one, one)).toBe(1);
    expect(intersectionOverUnion(one, boxFromCentre(10, 5, 10, 10))).toBeCloseTo(1 / 3, 12);
    expect(intersectionOverUnion(one, boxFromCentre(15, 5, 10, 10))).toBe(0);
    expect(intersectionOverUnion(boxFromCentre(5, 5, 0, 0), boxFromCentre(5, 5, 0, 0))).toBe(0);
  });
});

describe('oriented boxes', () => {
  it('come back from their corners', () => {
    const box = { cx: 10, cy: 20, width: 30, height: 8, angle: 0.6 };
    const found = minimumAreaRectangle(orientedBoxCorners(box).flatMap(({ x, y }) => [x, y]));
    for (const key of ['cx', 'cy', 'width', 'height', 'angle'] as const) expect(found[key]).toBeCloseTo(box[key], 9);
  });

  it('enclose points on a line and a single point', () => {
    expect(minimumAreaRectangle([0, 0, 4, 0, 2, 0])).toMatchObject({ cx: 2, cy: 0, width: 4, height: 0 });
    expect(minimumAreaRectangle([3, 5])).toMatchObject({ cx: 3, cy: 5, width: 0, height: 0 });
  });

  it('have the bounds of their corners', () => {
    const bounds = orientedBoxBounds({ cx: 0, cy: 0, width: 2, height: 2, angle: Math.PI / 4 });
    expect(bounds.x2).toBeCloseTo(Math.SQRT2, 12);
    expect(bounds.y1).toBeCloseTo(-Math.SQRT2, 12);
  });

  it('are the same thing when turned by half a turn, and share nothing when far apart', () => {
    const box = { cx: 10, cy: 20, width: 30, height: 8, angle: 0.6 };
    expect(probiou(box, { ...box, angle: 0.6 + Math.PI })).toBeGreaterThan(0.999);
    expect(probiou(box, { ...box, cx: 1000 })).toBeCloseTo(0, 6);
  });
});

describe('polygons', () => {
  const square = Float32Array.of(0, 0, 4, 0, 4, 4, 0, 4);

  it('have an area whose sign tells the direction', () => {
    expect(ringArea(square)).toBe(16);
    expect(ringArea(Float32Array.of(0, 0, 0, 4, 4, 4, 4, 0))).toBe(-16);
  });

  it('contain the points of any ring', () => {
    const polygon = { rings: [square, Float32Array.of(10, 10, 12, 10, 11, 12)] };
    expect(polygonContains(polygon, { x: 2, y: 2 })).toBe(true);
    expect(polygonContains(polygon, { x: 11, y: 11 })).toBe(true);
    expect(polygonContains(polygon, { x: 7, y: 7 })).toBe(false);
  });

  it('have a hull without inner and collinear points', () => {
    expect(Array.from(convexHull([0, 0, 2, 0, 4, 0, 2, 1, 4, 4, 0, 4]))).toEqual([0, 0, 4, 0, 4, 4, 0, 4]);
  });

  it('join two rings by a bridge between their nearest points', () => {
    const right = Float32Array.of(6, 4, 8, 4, 8, 6);
    expect(Array.from(joinRings([square, right]))).toEqual([4, 4, 0, 4, 0, 0, 4, 0, 4, 4, 6, 4, 8, 4, 8, 6, 6, 4]);
  });
});
