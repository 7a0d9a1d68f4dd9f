import { broadcastShape, shapedValue } from '@/lib/engines/model-files/graph-value';
import type { NodeView, ShapeRule } from '@/lib/engines/model-files/node-view';

/** Convolutions, poolings and matrix products: the operators that slide or multiply. */
export const windowRules: Readonly<Record<string, ShapeRule>> = {
  Conv: (node) => convolution(node, node.shape(0), node.shape(1)),
  ConvInteger: (node) => convolution(node, node.shape(0), node.shape(1)),
  QLinearConv: (node) => convolution(node, node.shape(0), node.shape(3)),
  ConvTranspose: transposedConvolution,
  MaxPool: pooling,
  AveragePool: pooling,
  LpPool: pooling,
  GlobalAveragePool: globalPooling,
  GlobalMaxPool: globalPooling,
  MatMul: (node) => product(node.shape(0), node.shape(1)),
  MatMulInteger: (node) => product(node.shape(0), node.shape(1)),
  QLinearMatMul: (node) => product(node.shape(0), node.shape(3)),
  Gemm: generalProduct,
};

type Shape = readonly number[] | null;

function convolution(node: NodeView, input: Shape, weights: Shape): ReturnType<ShapeRule> {
  if (input === null || weights === null || weights.length !== input.length) return null;
  const spatial = slidSpatial(node, input.slice(2), weights.slice(2));
  return spatial && [shapedValue([input[0], weights[0], ...spatial])];
}

function pooling(node: NodeView): ReturnType<ShapeRule> {
  const input = node.shape(0);
  const kernel = node.ints('kernel_shape');
  if (input === null || kernel === null) return null;
  const spatial = slidSpatial(node, input.slice(2), kernel);
  return spatial && [shapedValue([input[0], input[1], ...spatial])];
}

/** Lengths of the axes a window slides over (ONNX specification, Conv and MaxPool). */
function slidSpatial(node: NodeView, lengths: readonly number[], kernel: readonly number[]): readonly number[] | null {
  if (kernel.length !== lengths.length) return null;
  const strides = node.ints('strides');
  const dilations = node.ints('dilations');
  const pads = node.ints('pads');
  const automatic = node.attribute('auto_pad');
  const round = node.int('ceil_mode', 0) === 1 ? Math.ceil : Math.floor;
  return lengths.map((length, axis) => {
    const stride = strides?.[axis] ?? 1;
    if (automatic === 'SAME_UPPER' || automatic === 'SAME_LOWER') return Math.ceil(length / stride);
    const padding = (pads?.[axis] ?? 0) + (pads?.[axis + lengths.length] ?? 0);
    const reach = (dilations?.[axis] ?? 1) * (kernel[axis] - 1) + 1;
    return round((length + padding - reach) / stride) + 1;
  });
}

function transposedConvolution(node: NodeView): ReturnType<ShapeRule> {
  const input = node.shape(0);
  const weights = node.shape(1);
  if (input === null || weights === null || weights.length !== input.length) return null;
  const spatialRank = input.length - 2;
  const given = node.ints('output_shape');
  const spatial = input.slice(2).map((length, axis) => {
    if (given !== null) return given[given.length - spatialRank + axis];
    const stride = node.ints('strides')?.[axis] ?? 1;
    const padding = (node.ints('pads')?.[axis] ?? 0) + (node.ints('pads')?.[axis + spatialRank] ?? 0);
    const reach = (node.ints('dilations')?.[axis] ?? 1) * (weights[axis + 2] - 1) + 1;
    return stride * (length - 1) + (node.ints('output_padding')?.[axis] ?? 0) + reach - padding;
  });
  return [shapedValue([input[0], weights[1] * node.int('group', 1), ...spatial])];
}

function globalPooling({ shape }: NodeView): ReturnType<ShapeRule> {
  const input = shape(0);
  return input && [shapedValue(input.map((length, axis) => (axis < 2 ? length : 1)))];
}

function product(left: Shape, right: Shape): ReturnType<ShapeRule> {
  if (left === null || right === null || left.length < 2 || right.length < 2) return null;
  const batch = broadcastShape([left.slice(0, -2), right.slice(0, -2)]);
  if (batch === null || left[left.length - 1] !== right[right.length - 2]) return null;
  return [shapedValue([...batch, left[left.length - 2], right[right.length - 1]])];
}

function generalProduct({ shape, int }: NodeView): ReturnType<ShapeRule> {
  const left = shape(0);
  const right = shape(1);
  if (left?.length !== 2 || right?.length !== 2) return null;
  return [shapedValue([left[int('transA', 0) === 1 ? 1 : 0], right[int('transB', 0) === 1 ? 0 : 1]])];
}
