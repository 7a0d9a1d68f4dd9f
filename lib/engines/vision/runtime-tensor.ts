import type { Tensor } from 'onnxruntime-common';
import { Fault } from '@/lib/core/fault';
import type { HostTensor } from '@/lib/engines/vision/session';

/**
 * An output of ONNX Runtime as a host tensor, with the values in memory of our own (`data` is what the runtime copied out of
 * its heap). Halves are given as their bits whether or not the platform has Float16Array.
 *
 * Throws a `Fault` (`model-unreadable-output`) for element types that no head has.
 */
export function hostTensorOf(name: string, type: Tensor.Type, dims: readonly number[], data: unknown): HostTensor {
  if (type === 'float16' && ArrayBuffer.isView(data)) {
    return { type: 'float16', data: new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2), dims };
  }
  if (data instanceof Float32Array) return { type: 'float32', data, dims };
  if (data instanceof Uint8Array) return { type: 'uint8', data, dims };
  if (data instanceof Int32Array) return { type: 'int32', data, dims };
  if (data instanceof BigInt64Array) return { type: 'int64', data, dims };
  throw new Fault({
    code: 'model-unreadable-output',
    found: `The output “${name}” holds ${type} values; float32, float16, uint8, int32 or int64 can be read.`,
    remedy: 'Export the model with one of these output types.',
  });
}
