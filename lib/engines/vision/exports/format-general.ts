import { formatDecimals } from '@/lib/engines/vision/dialects/rounding';

const significantDigits = 6;

/**
 * A number as C and Python print it with `%g`: six significant digits, no trailing zeros, an exponent of at least two digits
 * below 1e-4 and from 1e6 on.
 */
export function formatGeneral(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value + 0);
  const [mantissa = '', power = '0'] = value.toExponential(significantDigits - 1).split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= significantDigits) {
    const sign = exponent < 0 ? '-' : '+';
    return `${withoutTrailingZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return withoutTrailingZeros(formatDecimals(value, significantDigits - 1 - exponent));
}

function withoutTrailingZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
