import { describe, expect, it } from 'vitest';
import { ringArea } from '@/lib/engines/geometry/polygon';
import { simplifyRing } from '@/lib/engines/scenes/labels/simplify-ring';
import { traceOutlines } from '@/lib/engines/scenes/labels/trace-outlines';

/** Pixels from rows of text, at an offset that must not matter. */
function pixels(...rows: readonly string[]) {
  return {
    left: 3,
    top: 5,
    right: 3 + rows[0].length,
    bottom: 5 + rows.length,
    has: (x: number, y: number) => rows[y - 5]?.[x - 3] === '#',
  };
}

describe('traceOutlines', () => {
  it('runs along the edges of a pixel', () => {
    expect(traceOutlines(pixels('#')).map((ring) => [...ring])).toEqual([[4, 5, 4, 6, 3, 6, 3, 5]]);
  });

  it.each([
    [['##', '##'], [4]],
    [['####', '#..#', '#..#', '####'], [16]],
    [['####', '#..#', '#.##', '##.#'], [12]],
    [
      ['##...', '##...', '...##'],
      [4, 2],
    ],
    [
      ['#.', '.#'],
      [1, 1],
    ],
    [['.#.', '###', '.#.'], [5]],
  ])('encloses what the pixels cover, holes filled, the largest part first (%j)', (rows, areas) => {
    expect(traceOutlines(pixels(...rows)).map(ringArea)).toEqual(areas);
  });
});

describe('simplifyRing', () => {
  it('leaves out what lies near the line, and nothing else', () => {
    const ring = Float32Array.of(0, 0, 5, 0.4, 10, 0, 10, 10, 5, 8, 0, 10);
    expect([...simplifyRing(ring, 0.5)]).toEqual([0, 0, 10, 0, 10, 10, 5, 8, 0, 10]);
    expect([...simplifyRing(ring, 0.1)]).toEqual([...ring]);
  });

  it('keeps a staircase within its tolerance', () => {
    const steps = Array.from({ length: 20 }, (_, k) => [k, 20 - k, k + 1, 20 - k]).flat();
    const ring = Float32Array.from([...steps, 20, 20]);
    const simple = simplifyRing(ring, 0.75);
    expect(simple.length).toBeLessThan(12);
    expect(Math.abs(ringArea(simple) - ringArea(ring))).toBeLessThan(15);
  });
});
