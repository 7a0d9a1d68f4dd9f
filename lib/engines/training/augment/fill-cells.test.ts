import { describe, expect, it } from 'vitest';
import { polygonContains } from '@/lib/engines/geometry/polygon';
import { fillCells } from '@/lib/engines/training/augment/fill-cells';
import { createRandom } from '@/lib/engines/training/augment/seeded-random';

const grid = { width: 20, height: 15 };

describe('fillCells', () => {
  it('fills the cells whose middles an outline encloses, of any outline, also beyond the grid', () => {
    const random = createRandom(3);
    for (let round = 0; round < 200; round++) {
      const outline = Float32Array.from({ length: 6 + 2 * random.below(6) }, () => random.uniform(-8, 28));
      const cells = new Int32Array(grid.width * grid.height);
      fillCells(cells, grid, outline, 7);
      const expected = cells.map((_, k) => {
        const middle = { x: (k % grid.width) + 0.5, y: Math.floor(k / grid.width) + 0.5 };
        return polygonContains({ rings: [outline] }, middle) ? 7 : 0;
      });
      expect(cells).toEqual(expected);
    }
  });

  it('fills nothing along a bridge without width', () => {
    const cells = new Int32Array(grid.width * grid.height);
    fillCells(cells, grid, [1.5, 0, 1.5, 12, 1.5, 4], 1);
    expect(new Set(cells)).toEqual(new Set([0]));
  });
});
