import { addConvolution, readConvolution } from '@/lib/engines/architecture/convolution';
import { flagAttribute, numberAttribute, pairAttribute } from '@/lib/engines/architecture/module-attributes';
import {
  type BuildContext,
  buildChild,
  type ModuleBuilder,
  misfit,
  onlyInput,
} from '@/lib/engines/architecture/module-builder';
import { optionalTensorOf, tensorOf, tensorValue } from '@/lib/engines/architecture/module-weights';
import { concat, expand } from '@/lib/engines/graph/arrangement';
import { withExtent } from '@/lib/engines/graph/axis';
import { scalar } from '@/lib/engines/graph/constants';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { linear } from '@/lib/engines/graph/matmul';
import { averagePool, globalAveragePool, maxPool } from '@/lib/engines/graph/pooling';
import { resizeBy } from '@/lib/engines/graph/resize';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** `Conv2d` and `ConvTranspose2d` that stand by themselves. */
export const buildConvolution: ModuleBuilder = (context, node, inputs) => {
  const x = onlyInput(context, node, inputs);
  return addConvolution(context, x, readConvolution(context, node, '', null));
};

/** The children one after the other. */
export const buildSequential: ModuleBuilder = (context, node, inputs) => {
  let value = onlyInput(context, node, inputs);
  for (const name of node.children.keys()) value = buildChild(context, node, name, value);
  return value;
};

/** Identity, and Dropout, which does nothing once training is over. */
export const buildIdentity: ModuleBuilder = (context, node, inputs) => onlyInput(context, node, inputs);

export const buildMaxPool: ModuleBuilder = (context, node, inputs) => {
  const dilation = pairAttribute(context, node, 'dilation', { fallback: [1, 1], least: 1 });
  return maxPool(context.graph, onlyInput(context, node, inputs), { ...poolWindow(context, node), dilation });
};

export const buildAveragePool: ModuleBuilder = (context, node, inputs) => {
  const x = onlyInput(context, node, inputs);
  return averagePool(context.graph, x, {
    ...poolWindow(context, node),
    countPadding: flagAttribute(node, 'count_include_pad', true),
  });
};

/** Adaptive pooling to a single element, the only form that YOLO networks have. */
export const buildAdaptiveAveragePool: ModuleBuilder = (context, node, inputs) => {
  const [height, width] = pairAttribute(context, node, 'output_size', { least: 1 });
  if (height !== 1 || width !== 1) throw misfit(context, node, `pools to ${height}×${width}, which is not supported`);
  return globalAveragePool(context.graph, onlyInput(context, node, inputs));
};

/**
 * Zeros around a map. They are joined to it and not padded: ONNX Runtime (1.30) takes a Pad of zeros into a MaxPool after it,
 * whose own padding is −∞, and YOLOv3-tiny has the two in this order.
 */
export const buildZeroPad: ModuleBuilder = (context, node, inputs) => {
  const value = node.attributes.get('padding');
  const sides = Array.isArray(value) ? value : [value, value, value, value];
  const areSizes = sides.length === 4 && sides.every((side) => typeof side === 'number' && side >= 0 && side <= maxPad);
  if (!areSizes) throw misfit(context, node, 'has no four sizes “padding”');
  const [left, right, top, bottom] = sides.map(Number);
  const wide = withZeros(context.graph, onlyInput(context, node, inputs), 3, left, right);
  return withZeros(context.graph, wide, 2, top, bottom);
};

/** The map with so many zeros before and after it along one axis. */
function withZeros(g: GraphBuilder, x: Value, axis: number, before: number, after: number): Value {
  const zeros = (length: number) =>
    length === 0 ? [] : [expand(g, scalar(g, x.elementType, 0), withExtent(x.shape, axis, length), [x])];
  return concat(g, [...zeros(before), x, ...zeros(after)], axis);
}

/** Enlargement by a factor; nearest, or bilinear with either convention about the corners. */
export const buildUpsample: ModuleBuilder = (context, node, inputs) => {
  const x = onlyInput(context, node, inputs);
  const factors = factorsOf(context, node);
  switch (node.attributes.get('mode') ?? 'nearest') {
    case 'nearest':
      return resizeBy(context.graph, x, factors, 'nearest');
    case 'bilinear':
      return resizeBy(
        context.graph,
        x,
        factors,
        flagAttribute(node, 'align_corners', false) ? 'linear-corners' : 'linear',
      );
    default:
      throw misfit(context, node, 'enlarges in a way that is not supported');
  }
};

export const buildLinear: ModuleBuilder = (context, node, inputs) => {
  const weight = tensorValue(context, tensorOf(context, node, '', 'weight'));
  const bias = optionalTensorOf(context, node, '', 'bias');
  const x = onlyInput(context, node, inputs);
  return linear(context.graph, x, weight, bias === null ? null : tensorValue(context, bias));
};

/** Padding beyond this is a damaged file, not a network. */
const maxPad = 1024;

/** A stride that is absent or null is the kernel. */
function poolWindow(context: BuildContext, node: ModuleNode) {
  const kernel = pairAttribute(context, node, 'kernel_size', { least: 1 });
  const hasStride = (node.attributes.get('stride') ?? null) !== null;
  return {
    kernel,
    stride: hasStride ? pairAttribute(context, node, 'stride', { least: 1 }) : kernel,
    padding: pairAttribute(context, node, 'padding', { fallback: [0, 0] }),
    ceil: flagAttribute(node, 'ceil_mode', false),
  };
}

function factorsOf(context: BuildContext, node: ModuleNode): readonly [number, number] {
  const value = node.attributes.get('scale_factor');
  if (Array.isArray(value)) return pairAttribute(context, node, 'scale_factor', { least: 1 });
  const factor = numberAttribute(context, node, 'scale_factor');
  if (factor < 1 || factor > maxFactor) throw misfit(context, node, `enlarges by ${factor}`);
  return [factor, factor];
}

const maxFactor = 64;
