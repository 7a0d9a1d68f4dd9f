/** The most decimals a number can be written with: ECMAScript's own limit for `toFixed`. */
const maximumDecimals = 100;

/**
 * The number with `decimals` decimals, as Python's `f"{value:.{decimals}f}"`: the nearest decimal of the exact binary value,
 * and of two equally near ones the even one. ECMAScript's `toFixed` is exact too, but takes the larger of the two.
 */
export function formatDecimals(value: number, decimals: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return String(value);
  const upper = value.toFixed(decimals);
  if (decimals >= maximumDecimals || !isTie(value, decimals)) return upper;
  // A tie is exact at one decimal more, so cutting that digit gives the neighbour nearer to zero.
  const lower = value.toFixed(decimals + 1).slice(0, decimals === 0 ? -2 : -1);
  return isEven(lower.at(-1)) ? lower : upper;
}

/** Python's `round(value, decimals)`: half to even on exact ties. Negative zero becomes zero. */
export function roundDecimals(value: number, decimals: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return value;
  return Number(formatDecimals(value, decimals)) + 0;
}

/**
 * A binary fraction m / 2^k lies half-way between two decimals of n digits exactly when value · 2^(n+1) is an odd integer:
 * 2 · 10^n · value = 5^n · (value · 2^(n+1)), and half-way means that the left side is odd.
 */
function isTie(value: number, decimals: number): boolean {
  const scaled = value * 2 ** (decimals + 1);
  return Number.isInteger(scaled) && Math.abs(scaled % 2) === 1;
}

function isEven(digit: string | undefined): boolean {
  return digit !== undefined && '02468'.includes(digit);
}
