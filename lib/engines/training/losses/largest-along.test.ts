import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { float32, runGraph } from '@/lib/engines/graph/test-support/run-graph';
import { largestAlong } from '@/lib/engines/training/losses/largest-along';

describe('largestAlong', () => {
  it.each([
    { name: 'the largest', count: 2, row: [0.5, 3, 1, 2], chosen: [0, 1, 0, 1] },
    { name: 'the first of equals', count: 2, row: [3, 1, 3, 3], chosen: [1, 0, 1, 0] },
    { name: 'the first of equals behind a larger one', count: 3, row: [1, 4, 1, 1], chosen: [1, 1, 1, 0] },
    { name: 'none that is not positive', count: 3, row: [0, 2, -1, 0], chosen: [0, 1, 0, 0] },
    { name: 'none of none', count: 1, row: [0, 0, 0, 0], chosen: [0, 0, 0, 0] },
    { name: 'all where more are asked for', count: 9, row: [4, 2, 1, 3], chosen: [1, 1, 1, 1] },
  ])('marks $name', async ({ count, row, chosen }) => {
    const g = new GraphBuilder();
    const x = g.input('x', { elementType: 'float32', shape: [2, row.length] });
    const other = [4, 3, 2, 1];
    const { y } = await runGraph(g, { y: largestAlong(g, x, count) }, { x: float32([2, 4], [...other, ...row]) });
    expect(Array.from(y.data, Number).slice(4)).toEqual(chosen);
    expect(Array.from(y.data, Number).slice(0, 4)).toEqual(other.map((_, index) => (index < count ? 1 : 0)));
  });
});
