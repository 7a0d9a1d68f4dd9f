import { describe, expect, it } from 'vitest';
import { squarify } from '@/components/trash/squarify';

const areaOf = ({ width, height }: { width: number; height: number }) => width * height;

describe('a treemap', () => {
  it('gives every weight its share of the area, in their order', () => {
    const weights = [6, 6, 4, 3, 2, 2, 1];
    const tiles = squarify(weights, 6, 4);
    expect(tiles).toHaveLength(weights.length);
    for (const [index, tile] of tiles.entries()) expect(areaOf(tile)).toBeCloseTo(weights[index] ?? 0, 6);
  });

  it('lays the example of the paper as the paper does', () => {
    const [first, second, third] = squarify([6, 6, 4, 3, 2, 2, 1], 6, 4);
    expect(first).toEqual({ x: 0, y: 0, width: 3, height: 2 });
    expect(second).toEqual({ x: 0, y: 2, width: 3, height: 2 });
    expect(third?.width).toBeCloseTo(12 / 7, 6);
  });

  it('covers the rectangle without overlaps', () => {
    const tiles = squarify([9, 7, 5, 3, 1, 1, 1, 0.5], 300, 80);
    for (const { x, y, width, height } of tiles) {
      expect(x + width).toBeLessThanOrEqual(300 + 1e-6);
      expect(y + height).toBeLessThanOrEqual(80 + 1e-6);
    }
    for (const [index, a] of tiles.entries()) {
      for (const b of tiles.slice(index + 1)) {
        const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
        const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
        expect(Math.min(across, down)).toBeLessThanOrEqual(1e-6);
      }
    }
  });

  it('is empty where there is nothing to divide', () => {
    expect(squarify([], 100, 100)).toEqual([]);
    expect(squarify([0, 0], 100, 100)).toEqual([]);
    expect(squarify([1], 0, 100)).toEqual([]);
  });
});
