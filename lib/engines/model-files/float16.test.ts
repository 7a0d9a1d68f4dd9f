import { describe, expect, it } from 'vitest';
import { fromFloat16, toFloat16 } from '@/lib/engines/model-files/float16';

function bitsOf(value: number): number {
  return toFloat16(Float32Array.of(value))[0] ?? Number.NaN;
}

describe('half precision', () => {
  it.each([
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [65519, 0x7bff],
    [65520, 0x7c00],
    [1e9, 0x7c00],
    [Number.POSITIVE_INFINITY, 0x7c00],
    [Number.NEGATIVE_INFINITY, 0xfc00],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [2 ** -25 * 1.0001, 0x0001],
    [1.5 * 2 ** -24, 0x0002],
    [1e-30, 0x0000],
    // Ties go to the even half: 1 + 2⁻¹¹ down to 1, 1 + 3 · 2⁻¹¹ up to 1 + 2⁻⁹.
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [1.9999, 0x4000],
  ])('writes %d as its nearest half', (value, bits) => {
    expect(bitsOf(value)).toBe(bits);
  });

  it('brings every half back to itself', () => {
    const halves = Uint16Array.from({ length: 1 << 16 }, (_, half) => half);
    const again = toFloat16(fromFloat16(halves));
    for (let half = 0; half < halves.length; half++) {
      const isNan = (half & 0x7c00) === 0x7c00 && (half & 0x3ff) !== 0;
      if (isNan) expect((again[half] ?? 0) & 0x7fff).toBe(0x7e00);
      else if (again[half] !== half) expect(again[half]).toBe(half);
    }
  });

  it('rounds every midpoint between two halves to the even one', () => {
    const halves = fromFloat16(Uint16Array.from({ length: 0x7c00 }, (_, half) => half));
    for (let half = 0; half + 1 < halves.length; half++) {
      const middle = ((halves[half] ?? 0) + (halves[half + 1] ?? 0)) / 2;
      const even = half % 2 === 0 ? half : half + 1;
      if (bitsOf(middle) !== even) expect(bitsOf(middle)).toBe(even);
    }
  });

  it('keeps NaN', () => {
    expect(fromFloat16(toFloat16(Float32Array.of(Number.NaN)))[0]).toBeNaN();
  });

  it('reads a view that starts inside its buffer', () => {
    const values = new Float32Array([9, 1, 2]).subarray(1);
    expect(Array.from(toFloat16(values))).toEqual([0x3c00, 0x4000]);
  });
});
