import type { BatchNorm } from '@/lib/engines/architecture/batch-norm';
import {
  addConvolution,
  biasSources,
  type Convolution,
  foldedBias,
  scaledKernel,
} from '@/lib/engines/architecture/convolution';
import { type BuildContext, misfit } from '@/lib/engines/architecture/module-builder';
import { trainingOf } from '@/lib/engines/architecture/module-weights';
import { conv } from '@/lib/engines/graph/conv';
import { add } from '@/lib/engines/graph/elementwise';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/**
 * Adds the sum of convolutions of the same input, and of a normalisation of the input itself where there is one, as a single
 * convolution: kernels are centred in the largest and added, as re-parameterised networks do it when they are deployed
 * (https://arxiv.org/abs/2101.03697, section 3.3). The first branch has the largest kernel. Where the module is trained, the
 * branches stay what they are, because each has a normalisation of its own.
 */
export function addSummedConvolutions(
  context: BuildContext,
  node: ModuleNode,
  x: Value,
  branches: readonly [Convolution, ...Convolution[]],
  identity: BatchNorm | null,
): Value {
  const [largest] = branches;
  if (!branches.every((branch) => isCentredIn(branch, largest))) {
    throw misfit(context, node, 'adds up convolutions that are not one');
  }
  const training = trainingOf(context);
  if (training !== null) {
    const own = identity === null ? [] : [training.normalise(context.graph, x, identity)];
    const parts = [...branches.map((branch) => addConvolution(context, x, branch)), ...own];
    return parts.reduce((sum, part) => add(context.graph, sum, part));
  }
  const { stride, padding, dilation, groups, outputChannels } = largest;
  const weight = context.weights.add(`${context.path}.conv.weight`, largest.weight.tensor.shape, {
    sources: [
      ...branches.flatMap((branch) => [branch.weight, ...(branch.norm?.sources ?? [])]),
      ...(identity?.sources ?? []),
    ],
    compute: (tensors) => summedKernel(branches, identity, tensors),
  });
  const bias = context.weights.add(`${context.path}.conv.bias`, [outputChannels], {
    sources: [...branches.flatMap(biasSources), ...(identity?.sources ?? [])],
    compute: (tensors) => summedBias(branches, identity, tensors),
  });
  return conv(context.graph, x, weight, bias, { stride, padding, dilation, groups });
}

/** Same output size, same centre: the padding grows with the kernel. */
function isCentredIn(branch: Convolution, largest: Convolution): boolean {
  const isAligned = ([0, 1] as const).every((axis) => {
    const margin = sideOf(largest, axis) - sideOf(branch, axis);
    return (
      margin >= 0 &&
      margin % 2 === 0 &&
      branch.padding[axis] + margin / 2 === largest.padding[axis] &&
      branch.stride[axis] === largest.stride[axis] &&
      branch.dilation[axis] === 1
    );
  });
  const [ours, theirs] = [branch.weight.tensor.shape, largest.weight.tensor.shape];
  const hasSameChannels = ours[0] === theirs[0] && ours[1] === theirs[1] && branch.groups === largest.groups;
  return isAligned && hasSameChannels && !branch.transposed;
}

function sideOf({ weight }: Convolution, axis: 0 | 1): number {
  return weight.tensor.shape[2 + axis];
}

function summedKernel(
  branches: readonly [Convolution, ...Convolution[]],
  identity: BatchNorm | null,
  tensors: readonly Float32Array[],
): Float32Array {
  const [largest] = branches;
  const [filters, depth, height, width] = largest.weight.tensor.shape;
  const sum = new Float32Array(filters * depth * height * width);
  let next = 0;
  for (const branch of branches) {
    const count = 1 + (branch.norm?.sources.length ?? 0);
    const [kernel, ...statistics] = tensors.slice(next, next + count);
    const scale = branch.norm?.transform(statistics).scale ?? null;
    addCentred(sum, scaledKernel(kernel, branch, scale), largest, branch);
    next += count;
  }
  if (identity !== null) addIdentity(sum, identity.transform(tensors.slice(next)).scale, largest);
  return sum;
}

function addCentred(sum: Float32Array, kernel: Float32Array, largest: Convolution, branch: Convolution): void {
  const [rows, columns] = [sideOf(branch, 0), sideOf(branch, 1)];
  const [height, width] = [sideOf(largest, 0), sideOf(largest, 1)];
  const [top, left] = [(height - rows) / 2, (width - columns) / 2];
  for (let index = 0; index < kernel.length; index++) {
    const plane = Math.floor(index / (rows * columns));
    const row = Math.floor(index / columns) % rows;
    sum[(plane * height + top + row) * width + left + (index % columns)] += kernel[index];
  }
}

/** Each channel of the input times its scale: the kernel's centre at the channel's own place in its group. */
function addIdentity(sum: Float32Array, scale: Float32Array, largest: Convolution): void {
  const [filters, depth, height, width] = largest.weight.tensor.shape;
  const centre = Math.floor(height / 2) * width + Math.floor(width / 2);
  for (let channel = 0; channel < filters; channel++) {
    sum[(channel * depth + (channel % depth)) * height * width + centre] += scale[channel];
  }
}

function summedBias(
  branches: readonly Convolution[],
  identity: BatchNorm | null,
  tensors: readonly Float32Array[],
): Float32Array {
  const sum = new Float32Array(branches[0]?.outputChannels ?? 0);
  let next = 0;
  for (const branch of branches) {
    const count = biasSources(branch).length;
    for (const [channel, offset] of foldedBias(branch, tensors.slice(next, next + count)).entries()) {
      sum[channel] += offset;
    }
    next += count;
  }
  const shift = identity?.transform(tensors.slice(next)).shift ?? [];
  for (const [channel, offset] of shift.entries()) sum[channel] += offset;
  return sum;
}
