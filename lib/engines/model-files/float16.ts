/** Single-precision bits of the limits between which a value becomes a normal, a subnormal or no half (IEEE 754 binary16). */
const smallestNormal = 0x38800000; // 2⁻¹⁴
const aboveLargest = 0x47800000; // 2¹⁶; what lies between 65520 and it overflows by the carry of its rounding
const halfOfSmallest = 0x33000000; // 2⁻²⁵, a tie that goes to zero
const infinity = 0x7f800000;

/** What the exponent bits lose from bias 127 to bias 15. */
const rebias = (127 - 15) << 23;

let widening: Float32Array | null = null;

/** The bits of the nearest halves, ties to even; beyond ±65519 infinity; NaN stays NaN (quiet); subnormals are kept. */
export function toFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < bits.length; i++) {
    const single = bits[i];
    const magnitude = single & 0x7fffffff;
    const sign = (single >>> 16) & 0x8000;
    halves[i] =
      magnitude >= smallestNormal && magnitude < aboveLargest
        ? sign | ((magnitude - rebias + 0xfff + ((magnitude >>> 13) & 1)) >>> 13)
        : sign | narrowExtreme(magnitude);
  }
  return halves;
}

/** The exact single-precision values of halves, from a table of all 65536 (256 KiB) that is made on first use; in `values` where that is given. */
export function fromFloat16(halves: Uint16Array, values: Float32Array = new Float32Array(halves.length)): Float32Array {
  widening ??= wideningTable();
  for (let i = 0; i < halves.length; i++) values[i] = widening[halves[i]];
  return values;
}

/** Magnitudes outside the normal halves: overflow, infinity, NaN, subnormals and zero. */
function narrowExtreme(magnitude: number): number {
  if (magnitude > infinity) return 0x7e00;
  if (magnitude >= aboveLargest) return 0x7c00;
  if (magnitude <= halfOfSmallest) return 0;
  const mantissa = (magnitude & 0x7fffff) | 0x800000;
  const drop = 126 - (magnitude >>> 23);
  return (mantissa + (1 << (drop - 1)) - 1 + ((mantissa >>> drop) & 1)) >>> drop;
}

function wideningTable(): Float32Array {
  const table = new Float32Array(1 << 16);
  for (let half = 0; half < table.length; half++) {
    const sign = half & 0x8000 ? -1 : 1;
    table[half] = sign * widenMagnitude((half >>> 10) & 0x1f, half & 0x3ff);
  }
  return table;
}

function widenMagnitude(exponent: number, fraction: number): number {
  if (exponent === 0x1f) return fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return fraction * 2 ** -24;
  return (1 + fraction / 1024) * 2 ** (exponent - 15);
}
