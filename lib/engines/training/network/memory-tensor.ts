import { assert } from '@/lib/core/assert';
import type { CheckpointTensor } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** A float32 tensor, row-major, whose elements are in memory. They are not copied: do not change them. */
export function memoryTensor(shape: readonly number[], values: Float32Array): CheckpointTensor {
  const count = elementsOf(shape);
  assert(values.length === count, `a tensor of [${shape}] has ${count} elements`);
  return {
    kind: 'tensor',
    dtype: 'float32',
    shape,
    stride: shape.map((_, axis) => elementsOf(shape.slice(axis + 1))),
    offset: 0,
    storageKey: '',
    read: async () => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  };
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
