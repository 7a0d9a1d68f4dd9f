import type { CheckpointTensor, CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import type { SeededRandom } from '@/lib/engines/training/augment/seeded-random';
import { elementsOf, memoryTensor } from '@/lib/engines/training/network/memory-tensor';
import { moduleNode } from '@/lib/engines/training/network/sightline/module-node';

/** Of the family's detectors, and good for classifiers too. */
const normEpsilon = 1e-3;
const normMomentum = 0.03;

type KernelSpec = { readonly kernel?: number; readonly stride?: number };

/**
 * A convolution with weights as torch begins with: even from −1/√n to 1/√n for kernels of n inputs, bias alike (K. He et al.,
 * https://arxiv.org/abs/1502.01852, with the slope √5 that torch chose). `bias`: a number for all, or null for none.
 */
export function freshConv2d(
  random: SeededRandom,
  inputs: number,
  outputs: number,
  { kernel = 1, stride = 1, bias }: KernelSpec & { readonly bias?: number | null } = {},
): ModuleNode {
  const bound = 1 / Math.sqrt(inputs * kernel * kernel);
  const weight = evenTensor(random, [outputs, inputs, kernel, kernel], bound);
  return moduleNode('torch.nn.modules.conv.Conv2d', {
    attributes: convolutionAttributes(inputs, outputs, { kernel, stride, padding: Math.floor(kernel / 2) }),
    parameters: { weight, bias: freshBias(random, outputs, bound, bias) },
  });
}

/** A learnt enlargement by 2, each cell to four. */
export function freshUpsampling(random: SeededRandom, inputs: number, outputs: number): ModuleNode {
  // torch counts the inputs of a transposed kernel along its second axis.
  const bound = 1 / Math.sqrt(outputs * 4);
  return moduleNode('torch.nn.modules.conv.ConvTranspose2d', {
    attributes: convolutionAttributes(inputs, outputs, { kernel: 2, stride: 2, padding: 0 }),
    parameters: {
      weight: evenTensor(random, [inputs, outputs, 2, 2], bound),
      bias: evenTensor(random, [outputs], bound),
    },
  });
}

/** A fully connected layer, begun as a convolution. */
export function freshLinear(random: SeededRandom, inputs: number, outputs: number): ModuleNode {
  const bound = 1 / Math.sqrt(inputs);
  return moduleNode('torch.nn.modules.linear.Linear', {
    attributes: { in_features: inputs, out_features: outputs },
    parameters: {
      weight: evenTensor(random, [outputs, inputs], bound),
      bias: evenTensor(random, [outputs], bound),
    },
  });
}

/** Convolution, normalisation, SiLU. */
export function freshConv(random: SeededRandom, inputs: number, outputs: number, spec: KernelSpec = {}): ModuleNode {
  return moduleNode('ultralytics.nn.modules.conv.Conv', {
    children: {
      conv: freshConv2d(random, inputs, outputs, { ...spec, bias: null }),
      bn: freshNorm(outputs),
      act: moduleNode('torch.nn.modules.activation.SiLU', { attributes: { inplace: true } }),
    },
  });
}

/** A normalisation that does nothing yet: scale 1, shift 0, and statistics that do not change what passes. */
function freshNorm(channels: number): ModuleNode {
  const filled = (value: number) => memoryTensor([channels], new Float32Array(channels).fill(value));
  return moduleNode('torch.nn.modules.batchnorm.BatchNorm2d', {
    attributes: { num_features: channels, eps: normEpsilon, momentum: normMomentum, affine: true },
    parameters: { weight: filled(1), bias: filled(0) },
    buffers: { running_mean: filled(0), running_var: filled(1) },
  });
}

function freshBias(
  random: SeededRandom,
  outputs: number,
  bound: number,
  bias: number | null | undefined,
): CheckpointTensor | null {
  if (bias === null) return null;
  if (bias === undefined) return evenTensor(random, [outputs], bound);
  return memoryTensor([outputs], new Float32Array(outputs).fill(bias));
}

function evenTensor(random: SeededRandom, shape: readonly number[], bound: number): CheckpointTensor {
  return memoryTensor(
    shape,
    Float32Array.from({ length: elementsOf(shape) }, () => random.uniform(-bound, bound)),
  );
}

function convolutionAttributes(
  inputs: number,
  outputs: number,
  { kernel, stride, padding }: { readonly kernel: number; readonly stride: number; readonly padding: number },
): Readonly<Record<string, CheckpointValue>> {
  return {
    in_channels: inputs,
    out_channels: outputs,
    kernel_size: [kernel, kernel],
    stride: [stride, stride],
    padding: [padding, padding],
    dilation: [1, 1],
    groups: 1,
    padding_mode: 'zeros',
  };
}
