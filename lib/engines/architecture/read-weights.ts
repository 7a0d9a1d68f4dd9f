import { type PlannedWeight, type WeightPlan, weightElements } from '@/lib/engines/architecture/weight-plan';
import { tensorBytes } from '@/lib/engines/graph/tensor-bytes';
import type { Value } from '@/lib/engines/graph/value';
import { refuseNotFinite } from '@/lib/engines/model-files/checkpoint/finite-weights';
import { toFloat32 } from '@/lib/engines/model-files/checkpoint/to-float32';

/**
 * Reads the tensors behind all planned weights, computes the weights and hands on their bytes, one after the other. They are
 * valid during the call of `give` only: all are computed in the same memory. `onProgress` hears the finished share, from 0
 * to 1. Rejects with a `Fault` that names a tensor that is damaged or not finite.
 */
export async function readWeights(
  { planned }: WeightPlan,
  give: (weight: Value, bytes: Uint8Array) => void,
  onProgress: (share: number) => void = () => {},
): Promise<void> {
  const total = planned.reduce((sum, { value }) => sum + weightElements(value), 0);
  const scratch = new ScratchFloats();
  let done = 0;
  for (const weight of planned) {
    scratch.reset();
    give(weight.value, tensorBytes(weight.value.elementType, await computeWeight(weight, scratch)));
    done += weightElements(weight.value);
    onProgress(done / total);
  }
}

async function computeWeight(
  { sources, compute, value }: PlannedWeight,
  scratch: ScratchFloats,
): Promise<Float32Array> {
  const tensors: Float32Array[] = [];
  for (const { name, tensor } of sources) {
    const values = toFloat32(await tensor.read(), tensor.dtype, (length) => scratch.take(length));
    refuseNotFinite(values, name);
    // Singles are a view of the file, which must not change; all other types have been converted into new memory.
    tensors.push(tensor.dtype === 'float32' ? values.slice() : values);
  }
  const computed = compute(tensors);
  // Finite tensors may still fold to none: a negative variance has no root.
  refuseNotFinite(computed, value.name);
  return computed;
}

/** Memory for the tensors of one weight at a time: hundreds of arrays a moment old are collected long after they are needed. */
class ScratchFloats {
  #floats = new Float32Array(0);
  #taken = 0;

  /** Gives everything back that was taken. */
  reset(): void {
    this.#taken = 0;
  }

  take(length: number): Float32Array {
    if (this.#taken + length > this.#floats.length) {
      this.#floats = new Float32Array(Math.max(length, 2 * this.#floats.length));
      this.#taken = 0;
    }
    this.#taken += length;
    return this.#floats.subarray(this.#taken - length, this.#taken);
  }
}
