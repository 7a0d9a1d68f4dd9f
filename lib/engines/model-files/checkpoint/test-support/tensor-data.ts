import { unreachable } from '@/lib/core/assert';
import type { TorchDtype } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { toFloat16 } from '@/lib/engines/model-files/float16';

/** Numbers as a torch storage of that type keeps them, little-endian. bfloat16 is cut, not rounded: give it what fits. */
export function tensorData(values: Float32Array, dtype: TorchDtype): Uint8Array {
  const elements = elementsOf(values, dtype);
  return new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
}

function elementsOf(values: Float32Array, dtype: TorchDtype): ArrayBufferView {
  switch (dtype) {
    case 'float16':
      return toFloat16(values);
    case 'bfloat16':
      return Uint16Array.from(new Uint32Array(values.slice().buffer), (bits) => bits >>> 16);
    case 'float32':
      return values.slice();
    case 'float64':
      return Float64Array.from(values);
    case 'int64':
      return BigInt64Array.from(values, (value) => BigInt(Math.trunc(value)));
    case 'int32':
      return Int32Array.from(values);
    case 'int16':
      return Int16Array.from(values);
    case 'int8':
      return Int8Array.from(values);
    case 'uint8':
    case 'bool':
      return Uint8Array.from(values);
    default:
      return unreachable(dtype);
  }
}
