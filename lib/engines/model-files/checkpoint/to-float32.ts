import { unreachable } from '@/lib/core/assert';
import type { TorchDtype } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { elementBytes } from '@/lib/engines/model-files/checkpoint/torch-dtypes';
import { fromFloat16 } from '@/lib/engines/model-files/float16';

/**
 * The elements that `CheckpointTensor.read` gave, as single-precision numbers: exact for halves, bfloat16, singles, booleans and
 * integers up to 2²⁴, the nearest for others. Singles that lie aligned are a view of the same memory, all else is new; halves, which
 * nearly all weights are, come from `allocate`, for whoever reads many and keeps none.
 */
export function toFloat32(
  bytes: Uint8Array,
  dtype: TorchDtype,
  allocate: (length: number) => Float32Array = (count) => new Float32Array(count),
): Float32Array {
  // Not `slice`: Node's Buffer makes that a view, as unaligned as before.
  const { buffer, byteOffset } = bytes.byteOffset % elementBytes(dtype) === 0 ? bytes : new Uint8Array(bytes);
  const length = Math.floor(bytes.byteLength / elementBytes(dtype));
  switch (dtype) {
    case 'float16':
      return fromFloat16(new Uint16Array(buffer, byteOffset, length), allocate(length));
    case 'bfloat16':
      return fromBfloat16(new Uint16Array(buffer, byteOffset, length));
    case 'float32':
      return new Float32Array(buffer, byteOffset, length);
    case 'float64':
      return Float32Array.from(new Float64Array(buffer, byteOffset, length));
    case 'int64':
      return Float32Array.from(new BigInt64Array(buffer, byteOffset, length), Number);
    case 'int32':
      return Float32Array.from(new Int32Array(buffer, byteOffset, length));
    case 'int16':
      return Float32Array.from(new Int16Array(buffer, byteOffset, length));
    case 'int8':
      return Float32Array.from(new Int8Array(buffer, byteOffset, length));
    case 'uint8':
      return Float32Array.from(new Uint8Array(buffer, byteOffset, length));
    case 'bool':
      return Float32Array.from(new Uint8Array(buffer, byteOffset, length), (value) => (value === 0 ? 0 : 1));
    default:
      return unreachable(dtype);
  }
}

/** A bfloat16 is the upper half of a single. */
function fromBfloat16(halves: Uint16Array): Float32Array {
  const bits = new Uint32Array(halves.length);
  for (let index = 0; index < halves.length; index++) bits[index] = halves[index] << 16;
  return new Float32Array(bits.buffer);
}
