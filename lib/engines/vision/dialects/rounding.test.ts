import { describe, expect, it } from 'vitest';
import { formatDecimals, roundDecimals } from '@/lib/engines/vision/dialects/rounding';

describe("Python's round", () => {
  // Each pair was answered by CPython 3.11.
  it.each([
    [266.015625, 5, 266.01562],
    [266.046875, 5, 266.04688],
    [0.5, 0, 0],
    [1.5, 0, 2],
    [2.5, 0, 2],
    [-2.5, 0, -2],
    [0.125, 2, 0.12],
    [0.375, 2, 0.38],
    [2.675, 2, 2.67],
    [1.005, 2, 1],
    [0.000005, 5, 0.00001],
    [1e-9, 5, 0],
    [123456789.12345679, 5, 123456789.12346],
    [-0.0625, 3, -0.062],
  ])('round(%d, %d) is %d', (value, decimals, expected) => {
    expect(roundDecimals(value, decimals)).toBe(expected);
  });

  it('never answers negative zero', () => {
    expect(Object.is(roundDecimals(-1e-9, 5), 0)).toBe(true);
  });

  it('leaves alone what has no decimals to round', () => {
    expect(roundDecimals(1e300, 5)).toBe(1e300);
    expect(roundDecimals(Number.POSITIVE_INFINITY, 5)).toBe(Number.POSITIVE_INFINITY);
  });

  it('keeps trailing zeros in text', () => {
    expect(formatDecimals(0.65, 4)).toBe('0.6500');
    expect(formatDecimals(0.03125, 4)).toBe('0.0312');
    expect(formatDecimals(2.5, 0)).toBe('2');
  });
});
