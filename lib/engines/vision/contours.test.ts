import { describe, expect, it } from 'vitest';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';
import { externalContours } from '@/lib/engines/vision/contours';

describe('externalContours', () => {
  it('goes down the left side first and keeps the corners only', () => {
    expect(contoursOf(['....', '.##.', '.##.', '.##.'])).toEqual([[1, 1, 1, 3, 2, 3, 2, 1]]);
  });

  it('answers one point for a pixel alone and two for a line', () => {
    expect(contoursOf(['#..', '...', '###'])).toEqual([
      [0, 2, 2, 2],
      [0, 0],
    ]);
  });

  it('joins pixels that touch at a corner and lists the lowest part first', () => {
    expect(contoursOf(['#....', '.#...', '....#'])).toEqual([
      [4, 2],
      [0, 0, 1, 1],
    ]);
  });

  it('leaves out holes and parts inside holes', () => {
    expect(contoursOf(['#####', '#...#', '#.#.#', '#...#', '#####'])).toEqual([[0, 0, 0, 4, 4, 4, 4, 0]]);
  });

  it('finds nothing in an empty mask, and nothing in none', () => {
    expect(contoursOf(['...', '...'])).toEqual([]);
    expect(externalContours(new Uint8Array(0), 0, 0)).toEqual([]);
  });

  it('gives a filled shape back when its contour is filled again', () => {
    const random = seededRandom(3);
    for (let round = 0; round < 60; round++) {
      const side = 24;
      const bits = new Uint8Array(side * side);
      for (let k = 0; k < 4; k++) paintBox(bits, side, random);
      const filled = new Uint8Array(side * side);
      for (const ring of externalContours(bits, side, side)) fillContour(filled, side, ring);
      expect(filled).toEqual(withoutHoles(bits, side));
    }
  });
});

function contoursOf(rows: readonly string[]): number[][] {
  const bits = Uint8Array.from(rows.join(''), (cell) => (cell === '#' ? 1 : 0));
  return externalContours(bits, rows[0].length, rows.length).map((ring) => Array.from(ring));
}

function paintBox(bits: Uint8Array, side: number, random: () => number): void {
  const left = Math.floor(random() * side);
  const top = Math.floor(random() * side);
  const right = Math.min(side, left + 1 + Math.floor(random() * 12));
  const bottom = Math.min(side, top + 1 + Math.floor(random() * 12));
  for (let y = top; y < bottom; y++) bits.fill(1, y * side + left, y * side + right);
}

/** Sets the border pixels, walking each straight step, and everything the border encloses. */
function fillContour(bits: Uint8Array, side: number, ring: Float32Array): void {
  const border = new Uint8Array(side * side);
  for (let k = 0; k < ring.length; k += 2) {
    const next = (k + 2) % ring.length;
    const steps = Math.max(Math.abs(ring[next] - ring[k]), Math.abs(ring[next + 1] - ring[k + 1]), 1);
    for (let step = 0; step <= steps; step++) {
      const x = ring[k] + ((ring[next] - ring[k]) * step) / steps;
      const y = ring[k + 1] + ((ring[next + 1] - ring[k + 1]) * step) / steps;
      border[y * side + x] = 1;
    }
  }
  withoutHoles(border, side).forEach((bit, k) => {
    if (bit === 1) bits[k] = 1;
  });
}

/** Everything that 4-connected background cannot reach from outside. */
function withoutHoles(bits: Uint8Array, side: number): Uint8Array {
  const stride = side + 2;
  const outside = new Uint8Array(stride * stride);
  const isFree = (x: number, y: number) => x < 0 || y < 0 || x >= side || y >= side || bits[y * side + x] === 0;
  const queue = [[-1, -1]];
  for (const [x, y] of queue) {
    if (x < -1 || y < -1 || x > side || y > side || outside[(y + 1) * stride + x + 1] === 1 || !isFree(x, y)) continue;
    outside[(y + 1) * stride + x + 1] = 1;
    queue.push([x + 1, y], [x - 1, y], [x, y + 1], [x, y - 1]);
  }
  return Uint8Array.from(bits, (_, k) => 1 - outside[(Math.floor(k / side) + 1) * stride + (k % side) + 1]);
}
