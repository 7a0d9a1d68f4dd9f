import { type BatchNorm, readBatchNorm } from '@/lib/engines/architecture/batch-norm';
import { countAttribute, pairAttribute } from '@/lib/engines/architecture/module-attributes';
import { type BuildContext, classOf, misfit } from '@/lib/engines/architecture/module-builder';
import { optionalTensorOf, tensorOf, trainingOf } from '@/lib/engines/architecture/module-weights';
import type { TrainingMode } from '@/lib/engines/architecture/training-mode';
import type { WeightSource } from '@/lib/engines/architecture/weight-plan';
import { conv, convTranspose } from '@/lib/engines/graph/conv';
import type { Value } from '@/lib/engines/graph/value';
import type { Pair } from '@/lib/engines/graph/window';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** A `Conv2d` or `ConvTranspose2d` as its module describes it, with the normalisation that follows it. */
export type Convolution = {
  readonly transposed: boolean;
  readonly weight: WeightSource;
  readonly bias: WeightSource | null;
  readonly norm: BatchNorm | null;
  readonly outputChannels: number;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly outputPadding: Pair;
  readonly dilation: Pair;
  readonly groups: number;
};

/**
 * Reads the convolution at `name` below the context (empty for the context's own module) and the batch normalisation `norm`
 * at its own name, if there is one.
 */
export function readConvolution(
  context: BuildContext,
  node: ModuleNode,
  name: string,
  norm: { readonly node: ModuleNode; readonly name: string } | null,
): Convolution {
  const kind = classOf(node);
  if (kind !== 'Conv2d' && kind !== 'ConvTranspose2d') {
    throw misfit(context, node, `stands as “${name}”, where a convolution was expected`);
  }
  if ((node.attributes.get('padding_mode') ?? 'zeros') !== 'zeros') {
    throw misfit(context, node, 'pads with something else than zeros');
  }
  const transposed = kind === 'ConvTranspose2d';
  const weight = tensorOf(context, node, name, 'weight');
  const groups = countAttribute(context, node, 'groups', { fallback: 1 });
  const [first, second] = weight.tensor.shape;
  if (weight.tensor.shape.length !== 4 || weight.tensor.shape.some((length) => length < 1)) {
    throw misfit(context, node, `has a kernel of [${weight.tensor.shape}]`);
  }
  const outputChannels = transposed ? second * groups : first;
  const bias = optionalTensorOf(context, node, name, 'bias');
  if (bias !== null && (bias.tensor.shape.length !== 1 || bias.tensor.shape[0] !== outputChannels)) {
    throw misfit(context, node, `has a bias of [${bias.tensor.shape}] for ${outputChannels} channels`);
  }
  return {
    transposed,
    weight,
    bias,
    norm: norm === null ? null : readBatchNorm(context, norm.node, norm.name, outputChannels),
    outputChannels,
    stride: pairAttribute(context, node, 'stride', { fallback: [1, 1], least: 1 }),
    padding: pairAttribute(context, node, 'padding', { fallback: [0, 0] }),
    outputPadding: pairAttribute(context, node, 'output_padding', { fallback: [0, 0] }),
    dilation: pairAttribute(context, node, 'dilation', { fallback: [1, 1], least: 1 }),
    groups,
  };
}

/**
 * Adds the convolution with its normalisation folded in: W′ = W·scale for every output channel, b′ = b·scale + shift. A map
 * that was one operation stays one. Where the module is trained, the two are as they are in the module.
 */
export function addConvolution(context: BuildContext, x: Value, convolution: Convolution): Value {
  const training = trainingOf(context);
  if (training !== null) return addTrainedConvolution(context, training, x, convolution);
  return convolved(context, x, convolution, planWeight(context, convolution), planBias(context, convolution));
}

function addTrainedConvolution(
  context: BuildContext,
  training: TrainingMode,
  x: Value,
  convolution: Convolution,
): Value {
  const { weight, bias, norm } = convolution;
  const kernel = training.parameter(weight, weight.tensor.shape);
  const offset = bias === null ? null : training.parameter(bias, bias.tensor.shape);
  const y = convolved(context, x, convolution, kernel, offset);
  return norm === null ? y : training.normalise(context.graph, y, norm);
}

function convolved(
  { graph }: BuildContext,
  x: Value,
  { transposed, stride, padding, outputPadding, dilation, groups }: Convolution,
  weight: Value,
  bias: Value | null,
): Value {
  const window = { stride, padding, dilation, groups };
  return transposed
    ? convTranspose(graph, x, weight, bias, { ...window, outputPadding })
    : conv(graph, x, weight, bias, window);
}

/** The kernel, multiplied in place by the scale of each output channel where there is one. */
export function scaledKernel(kernel: Float32Array, convolution: Convolution, scale: Float32Array | null): Float32Array {
  if (scale === null) return kernel;
  const [first, second, height, width] = convolution.weight.tensor.shape;
  const area = height * width;
  const perGroup = first / convolution.groups;
  for (let plane = 0; plane < first * second; plane++) {
    const [row, column] = [Math.floor(plane / second), plane % second];
    // The output channels of a transposed kernel are its second axis, counted anew in each group of the first.
    const channel = convolution.transposed ? Math.floor(row / perGroup) * second + column : row;
    const factor = scale[channel];
    for (let index = plane * area; index < (plane + 1) * area; index++) kernel[index] *= factor;
  }
  return kernel;
}

/** The bias after the normalisation, for the tensors of `bias` (where there is one) and of the normalisation. */
export function foldedBias(convolution: Convolution, tensors: readonly Float32Array[]): Float32Array {
  const bias = convolution.bias === null ? null : tensors[0];
  if (convolution.norm === null) return bias ?? new Float32Array(convolution.outputChannels);
  const { scale, shift } = convolution.norm.transform(bias === null ? tensors : tensors.slice(1));
  return shift.map((offset, channel) => offset + (bias?.[channel] ?? 0) * scale[channel]);
}

/** The tensors that `foldedBias` is to be given. */
export function biasSources({ bias, norm }: Convolution): readonly WeightSource[] {
  return [...(bias === null ? [] : [bias]), ...(norm?.sources ?? [])];
}

function planWeight(context: BuildContext, convolution: Convolution): Value {
  const { weight, norm } = convolution;
  return context.weights.add(weight.name, weight.tensor.shape, {
    sources: [weight, ...(norm?.sources ?? [])],
    compute: ([kernel, ...statistics]) => scaledKernel(kernel, convolution, norm?.transform(statistics).scale ?? null),
  });
}

function planBias(context: BuildContext, convolution: Convolution): Value | null {
  const { weight, bias, norm, outputChannels } = convolution;
  if (bias === null && norm === null) return null;
  const name = weight.name.replace(/weight$/, 'bias');
  return context.weights.add(name, [outputChannels], {
    sources: biasSources(convolution),
    compute: (tensors) => foldedBias(convolution, tensors),
  });
}
