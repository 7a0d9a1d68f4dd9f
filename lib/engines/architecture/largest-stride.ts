import type { CheckpointTensor, CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { toFloat32 } from '@/lib/engines/model-files/checkpoint/to-float32';

/** Every network of the family halves its input five times at least; classifiers say 1, because nobody decodes their grid. */
const leastStride = 32;
const mostStride = 256;

/** More levels than any head has. */
const maxLevels = 16;

/** Pixels of the input for one step on the coarsest map: what the sides of an input are multiples of. */
export async function largestStride(model: ModuleNode): Promise<number> {
  const stride = model.attributes.get('stride');
  if (!isTensor(stride) || stride.shape.length !== 1 || stride.shape[0] > maxLevels) return leastStride;
  const strides = toFloat32(await stride.read(), stride.dtype);
  const largest = Math.max(leastStride, ...strides);
  return Number.isInteger(largest) && largest <= mostStride ? largest : leastStride;
}

function isTensor(value: CheckpointValue | undefined): value is CheckpointTensor {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'tensor';
}
