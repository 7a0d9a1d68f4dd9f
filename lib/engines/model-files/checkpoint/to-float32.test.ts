import { describe, expect, it } from 'vitest';
import { findNotFinite, refuseNotFinite } from '@/lib/engines/model-files/checkpoint/finite-weights';
import { tensorData } from '@/lib/engines/model-files/checkpoint/test-support/tensor-data';
import { toFloat32 } from '@/lib/engines/model-files/checkpoint/to-float32';

const dtypes = ['float16', 'float32', 'bfloat16', 'float64', 'int64', 'int32', 'int16', 'int8'] as const;

describe('numbers of any type as single precision', () => {
  it.each(dtypes)('reads %s exactly', (dtype) => {
    const values = Float32Array.of(0, 1, -2, 96, -128);
    expect(toFloat32(tensorData(values, dtype), dtype)).toEqual(values);
  });

  it('keeps fractions, subnormals and infinities of halves and bfloat16', () => {
    const halves = Uint8Array.of(0x00, 0x3c, 0x01, 0x00, 0x00, 0x7c, 0x00, 0xb8);
    expect(toFloat32(halves, 'float16')).toEqual(Float32Array.of(1, 2 ** -24, Number.POSITIVE_INFINITY, -0.5));
    const brains = Uint8Array.of(0x80, 0x3f, 0x80, 0xff, 0x01, 0x00);
    expect(toFloat32(brains, 'bfloat16')).toEqual(Float32Array.of(1, Number.NEGATIVE_INFINITY, 2 ** -133));
  });

  it('reads bytes as they are, and every boolean as one or nothing', () => {
    expect(toFloat32(Uint8Array.of(0, 1, 255), 'uint8')).toEqual(Float32Array.of(0, 1, 255));
    expect(toFloat32(Uint8Array.of(0, 1, 255), 'bool')).toEqual(Float32Array.of(0, 1, 1));
  });

  it.each(dtypes)('reads %s where it lies unaligned in a larger buffer', (dtype) => {
    const values = Float32Array.of(1, -2, 3);
    const data = tensorData(values, dtype);
    const whole = Buffer.alloc(data.length + 3);
    whole.set(data, 3);
    expect(toFloat32(whole.subarray(3), dtype)).toEqual(values);
  });
});

describe('weights that are no numbers', () => {
  it('are found and named', () => {
    expect(findNotFinite(Float32Array.of(0, -1e38, 3))).toBe(-1);
    expect(findNotFinite(Float32Array.of(0, Number.NaN))).toBe(1);
    expect(findNotFinite(Float32Array.of(Number.NEGATIVE_INFINITY))).toBe(0);
    expect(() => refuseNotFinite(Float32Array.of(1, Number.NaN), 'model.0.conv.weight')).toThrow(
      'model.0.conv.weight holds NaN (element 1)',
    );
    expect(() => refuseNotFinite(Float32Array.of(1), 'model.0.conv.weight')).not.toThrow();
  });
});
