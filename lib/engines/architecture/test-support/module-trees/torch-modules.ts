import { inMemoryTensor } from '@/lib/engines/architecture/test-support/module-trees/in-memory-tensor';
import type { Activation, TreeContext } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import type { CheckpointTensor, CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

type ModuleParts = {
  readonly attributes?: Readonly<Record<string, CheckpointValue>>;
  readonly parameters?: Readonly<Record<string, CheckpointTensor | null>>;
  readonly buffers?: Readonly<Record<string, CheckpointTensor | null>>;
  readonly children?: Readonly<Record<string, ModuleNode | null>>;
};

/** A module as a checkpoint would hold it. */
export function moduleNode(className: string, parts: ModuleParts = {}): ModuleNode {
  const { attributes = {}, parameters = {}, buffers = {}, children = {} } = parts;
  return {
    kind: 'module',
    className,
    attributes: new Map<string, CheckpointValue>([['training', false], ...Object.entries(attributes)]),
    parameters: new Map(Object.entries(parameters)),
    buffers: new Map(Object.entries(buffers)),
    children: new Map(Object.entries(children)),
  };
}

export type ConvolutionSpec = {
  readonly kernel?: number;
  readonly stride?: number;
  readonly padding?: number;
  readonly groups?: number;
  readonly hasBias?: boolean;
};

/** Keeps the variance near one from a normalisation through SiLU and a convolution to the next. */
const gain = 1.6;

/** Of convolutions with a bias, which end a branch: scores should not be so sure that they round to one. */
const lastGain = 0.6;

export function conv2d(
  t: TreeContext,
  inputs: number,
  outputs: number,
  { kernel = 1, stride = 1, padding = 0, groups = 1, hasBias = true }: ConvolutionSpec = {},
): ModuleNode {
  const deviation = (hasBias ? lastGain : gain) / Math.sqrt((inputs / groups) * kernel * kernel);
  return moduleNode('torch.nn.modules.conv.Conv2d', {
    attributes: convolutionAttributes(inputs, outputs, { kernel, stride, padding, groups }, false),
    parameters: {
      weight: randomTensor(t, [outputs, inputs / groups, kernel, kernel], 0, deviation),
      bias: hasBias ? randomTensor(t, [outputs], 0, 0.2) : null,
    },
  });
}

/** Upsampling by `kernel`, learnt: kernel and stride are equal, so that every output element has one input element. */
export function convTranspose2d(t: TreeContext, inputs: number, outputs: number, kernel: number): ModuleNode {
  const shape = { kernel, stride: kernel, padding: 0, groups: 1 };
  return moduleNode('torch.nn.modules.conv.ConvTranspose2d', {
    attributes: convolutionAttributes(inputs, outputs, shape, true),
    parameters: {
      weight: randomTensor(t, [inputs, outputs, kernel, kernel], 0, gain / Math.sqrt(inputs)),
      bias: randomTensor(t, [outputs], 0, 0.5),
    },
  });
}

function convolutionAttributes(
  inputs: number,
  outputs: number,
  { kernel, stride, padding, groups }: Required<Omit<ConvolutionSpec, 'hasBias'>>,
  isTransposed: boolean,
): Record<string, CheckpointValue> {
  return {
    in_channels: inputs,
    out_channels: outputs,
    kernel_size: [kernel, kernel],
    stride: [stride, stride],
    padding: [padding, padding],
    dilation: [1, 1],
    transposed: isTransposed,
    output_padding: [0, 0],
    groups,
    padding_mode: 'zeros',
  };
}

/** With statistics as torch makes them: `calibrate` gives it those of real activations. */
export function batchNorm2d(t: TreeContext, channels: number): ModuleNode {
  return moduleNode('torch.nn.modules.batchnorm.BatchNorm2d', {
    attributes: {
      num_features: channels,
      eps: t.normEpsilon,
      momentum: 0.03,
      affine: true,
      track_running_stats: true,
    },
    parameters: { weight: positiveTensor(t, channels), bias: randomTensor(t, [channels], 0, 0.2) },
    buffers: {
      running_mean: inMemoryTensor([channels], new Float32Array(channels)),
      running_var: inMemoryTensor([channels], new Float32Array(channels).fill(1)),
    },
  });
}

export function linear(t: TreeContext, inputs: number, outputs: number): ModuleNode {
  return moduleNode('torch.nn.modules.linear.Linear', {
    attributes: { in_features: inputs, out_features: outputs },
    parameters: {
      weight: randomTensor(t, [outputs, inputs], 0, 1 / Math.sqrt(inputs)),
      bias: randomTensor(t, [outputs], 0, 0.5),
    },
  });
}

export function maxPool2d(kernel: number, stride: number, padding: number): ModuleNode {
  return moduleNode('torch.nn.modules.pooling.MaxPool2d', {
    attributes: { kernel_size: kernel, stride, padding, dilation: 1, return_indices: false, ceil_mode: false },
  });
}

export function activationModule(activation: Activation): ModuleNode {
  if (activation === 'Identity') return identity();
  return moduleNode(`torch.nn.modules.activation.${activation}`, { attributes: { inplace: true } });
}

export function identity(): ModuleNode {
  return moduleNode('torch.nn.modules.linear.Identity');
}

export function sequential(...items: readonly ModuleNode[]): ModuleNode {
  return moduleNode('torch.nn.modules.container.Sequential', { children: numbered(items) });
}

export function moduleList(items: readonly ModuleNode[]): ModuleNode {
  return moduleNode('torch.nn.modules.container.ModuleList', { children: numbered(items) });
}

function numbered(items: readonly ModuleNode[]): Record<string, ModuleNode> {
  return Object.fromEntries(items.map((item, index) => [String(index), item]));
}

export function randomTensor(
  t: TreeContext,
  shape: readonly number[],
  mean: number,
  deviation: number,
): CheckpointTensor {
  const length = shape.reduce((product, axis) => product * axis, 1);
  return inMemoryTensor(
    shape,
    Float32Array.from({ length }, () => mean + deviation * t.normal()),
  );
}

/** Around 1 and never near 0: scales that let every channel through. */
function positiveTensor(t: TreeContext, channels: number): CheckpointTensor {
  return inMemoryTensor(
    [channels],
    Float32Array.from({ length: channels }, () => Math.exp(0.2 * t.normal())),
  );
}
