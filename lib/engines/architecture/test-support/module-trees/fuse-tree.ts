import { present } from '@/lib/core/assert';
import { inMemoryTensor, valuesOf } from '@/lib/engines/architecture/test-support/module-trees/in-memory-tensor';
import type { CheckpointTensor, CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** A convolution of a tree, its numbers free to be changed. Depthwise or full, never transposed. */
type Kernel = {
  readonly node: ModuleNode;
  readonly weight: Float64Array;
  readonly bias: Float64Array;
  readonly size: number;
};

/** Children that only the one-to-many branch has: fusing an end-to-end head takes them away. */
const oneToMany = ['cv2', 'cv3', 'cv4', 'cv4_kpts'];
const trainingOnly = ['cv4_sigma', 'one2one_cv4_sigma', 'flow_model', 'semseg', 'aux_head'];

/**
 * The tree as a fused file holds it: normalisations multiplied into their convolutions, parallel convolutions added up, the
 * branches that inference does not use gone, and a `forward` that only a Python with the right classes could call.
 */
export function fuseTree(node: ModuleNode): ModuleNode {
  const className = lastPart(node.className);
  if (className === 'Conv' || className === 'DWConv') return fusedConv(node);
  if (className === 'RepConv') return fusedRepConv(node);
  if (className === 'RepVGGDW') return fusedRepVggDw(node);
  const children = [...node.children].map(([name, child]): [string, ModuleNode | null] => [
    name,
    child === null || isRemoved(node, name) ? null : fuseTree(child),
  ]);
  return { ...node, children: new Map(children) };
}

function isRemoved(node: ModuleNode, child: string): boolean {
  if (trainingOnly.includes(child)) return true;
  return oneToMany.includes(child) && node.children.has('one2one_cv2');
}

function fusedConv(node: ModuleNode): ModuleNode {
  const kernel = foldNorm(childOf(node, 'conv'), childOf(node, 'bn'));
  return withForward(node, [
    ['conv', convolution(kernel)],
    ['act', childOf(node, 'act')],
  ]);
}

function fusedRepConv(node: ModuleNode): ModuleNode {
  const large = kernelOfConv(childOf(node, 'conv1'));
  const summed = addKernel(large, kernelOfConv(childOf(node, 'conv2')));
  const norm = node.children.get('bn') ?? null;
  const kernel = norm === null ? summed : addNorm(summed, norm);
  return withForward(node, [
    ['act', childOf(node, 'act')],
    ['conv', convolution(kernel)],
  ]);
}

function fusedRepVggDw(node: ModuleNode): ModuleNode {
  const kernel = addKernel(kernelOfConv(childOf(node, 'conv')), kernelOfConv(childOf(node, 'conv1')));
  return {
    ...node,
    children: new Map([
      ['conv', convolution(kernel)],
      ['act', childOf(node, 'act')],
    ]),
  };
}

function withForward(node: ModuleNode, children: readonly [string, ModuleNode][]): ModuleNode {
  const forward: CheckpointValue = { kind: 'marker', name: `${node.className}.forward_fuse` };
  return { ...node, attributes: new Map([...node.attributes, ['forward', forward]]), children: new Map(children) };
}

function kernelOfConv(conv: ModuleNode): Kernel {
  return foldNorm(childOf(conv, 'conv'), childOf(conv, 'bn'));
}

function foldNorm(conv: ModuleNode, norm: ModuleNode): Kernel {
  const weight = tensorOf(conv.parameters.get('weight'));
  const { scale, shift } = affineOfNorm(norm);
  const perChannel = weight.shape.slice(1).reduce((product, length) => product * length, 1);
  return {
    node: conv,
    weight: Float64Array.from(valuesOf(weight), (value, index) => value * scale[Math.floor(index / perChannel)]),
    bias: shift,
    size: weight.shape[2],
  };
}

/** Normalisation with fixed statistics: x · scale + shift for each channel. */
function affineOfNorm(norm: ModuleNode): { scale: Float64Array; shift: Float64Array } {
  const gamma = valuesOf(tensorOf(norm.parameters.get('weight')));
  const beta = valuesOf(tensorOf(norm.parameters.get('bias')));
  const mean = valuesOf(tensorOf(norm.buffers.get('running_mean')));
  const variance = valuesOf(tensorOf(norm.buffers.get('running_var')));
  const epsilon = Number(norm.attributes.get('eps'));
  const scale = Float64Array.from(gamma, (value, c) => value / Math.sqrt(variance[c] + epsilon));
  return { scale, shift: Float64Array.from(beta, (value, c) => value - mean[c] * scale[c]) };
}

/** The sum of two convolutions over the same input: the smaller kernel lies in the middle of the larger. */
function addKernel(large: Kernel, small: Kernel): Kernel {
  const margin = (large.size - small.size) / 2;
  const weight = large.weight.slice();
  for (let index = 0; index < small.weight.length; index += 1) {
    const x = index % small.size;
    const y = Math.floor(index / small.size) % small.size;
    const filter = Math.floor(index / small.size ** 2);
    weight[(filter * large.size + y + margin) * large.size + x + margin] += small.weight[index];
  }
  return { ...large, weight, bias: large.bias.map((value, c) => value + small.bias[c]) };
}

/** A normalisation beside a full convolution of equal width is a kernel with its scale in the middle of its own channel. */
function addNorm(kernel: Kernel, norm: ModuleNode): Kernel {
  const { scale, shift } = affineOfNorm(norm);
  const channels = scale.length;
  const middle = (kernel.size ** 2 - 1) / 2;
  const weight = kernel.weight.slice();
  for (let c = 0; c < channels; c += 1) weight[(c * channels + c) * kernel.size ** 2 + middle] += scale[c];
  return { ...kernel, weight, bias: kernel.bias.map((value, c) => value + shift[c]) };
}

function convolution({ node, weight, bias }: Kernel): ModuleNode {
  const { shape } = tensorOf(node.parameters.get('weight'));
  return {
    ...node,
    parameters: new Map([
      ['weight', inMemoryTensor(shape, Float32Array.from(weight))],
      ['bias', inMemoryTensor([bias.length], Float32Array.from(bias))],
    ]),
  };
}

function childOf(node: ModuleNode, name: string): ModuleNode {
  return present(node.children.get(name), `the child ${name} of ${node.className}`);
}

function tensorOf(tensor: CheckpointTensor | null | undefined): CheckpointTensor {
  return present(tensor, 'a tensor of a module to fuse');
}

function lastPart(className: string): string {
  return className.slice(className.lastIndexOf('.') + 1);
}
