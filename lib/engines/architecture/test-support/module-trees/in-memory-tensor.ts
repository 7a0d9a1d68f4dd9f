import { assert } from '@/lib/core/assert';
import type { CheckpointTensor } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** A tensor of a tree made here: its elements stand beside it, for whoever may not wait for `read`. */
type InMemoryTensor = CheckpointTensor & { readonly values: Float32Array };

let nextStorageKey = 0;

/** A float32 tensor, row-major, whose storage is a typed array. */
export function inMemoryTensor(shape: readonly number[], values: Float32Array): InMemoryTensor {
  assert(values.length === elementCount(shape), `a tensor of shape [${shape}] has ${values.length} elements`);
  nextStorageKey += 1;
  return {
    kind: 'tensor',
    dtype: 'float32',
    shape,
    stride: shape.map((_, axis) => elementCount(shape.slice(axis + 1))),
    offset: 0,
    storageKey: String(nextStorageKey),
    values,
    read: async () => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  };
}

/** The elements of a tensor made by `inMemoryTensor`. */
export function valuesOf(tensor: CheckpointTensor): Float32Array {
  assert(isInMemory(tensor), 'only a tree made in memory has its values at hand');
  return tensor.values;
}

function isInMemory(tensor: CheckpointTensor): tensor is InMemoryTensor {
  return 'values' in tensor;
}

function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
