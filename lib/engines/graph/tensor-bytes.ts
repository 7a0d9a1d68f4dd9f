import { assert } from '@/lib/core/assert';
import { toFloat16 } from '@/lib/engines/model-files/float16';
import type { ElementType } from '@/lib/engines/model-files/model-facts';

/**
 * Numbers as the little-endian elements of a tensor. A `Float32Array` that becomes float32 is not copied: the bytes are
 * a view of it. Halves are rounded to the nearest, ties to even; what is beyond their range becomes their largest value,
 * since an infinite weight would make every later value one.
 */
export function tensorBytes(elementType: ElementType, values: ArrayLike<number>): Uint8Array {
  assertLittleEndian();
  const numbers = typedNumbers(elementType, values);
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

const largestHalf = 65_504;

function typedNumbers(elementType: ElementType, values: ArrayLike<number>) {
  switch (elementType) {
    case 'float32':
      return values instanceof Float32Array ? values : Float32Array.from(values);
    case 'float16':
      return toFloat16(saturated(values));
    case 'float64':
      return Float64Array.from(values);
    case 'int64':
      return BigInt64Array.from(Array.from(values, BigInt));
    case 'int32':
      return Int32Array.from(values);
    case 'uint8':
    case 'bool':
      return Uint8Array.from(values);
    default:
      throw new Error(`No constants of ${elementType} are made here`);
  }
}

function saturated(values: ArrayLike<number>): Float32Array {
  const limited = new Float32Array(values.length);
  for (let index = 0; index < values.length; index++) {
    limited[index] = Math.min(largestHalf, Math.max(-largestHalf, values[index]));
  }
  return limited;
}

/** Typed arrays have the byte order of the machine; every one that runs Node or a browser today is little-endian. */
function assertLittleEndian(): void {
  assert(new Uint8Array(Uint16Array.of(1).buffer)[0] === 1, 'a little-endian machine');
}
