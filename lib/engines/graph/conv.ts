import { int, ints } from '@/lib/engines/graph/attributes';
import { addExtents, type Extent, multiplyExtents, sameExtent, shapeText } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { assertShape } from '@/lib/engines/graph/shape-error';
import type { Value } from '@/lib/engines/graph/value';
import { type Pair, type Window, windowAttributes, windowExtent } from '@/lib/engines/graph/window';

type ConvWindow = Omit<Window, 'kernel'> & { readonly groups?: number };

/**
 * 2-D convolution of [batch, C, H, W] with a weight [M, C / groups, kH, kW] and a bias [M] or none.
 */
export function conv(
  g: GraphBuilder,
  x: Value,
  weight: Value,
  bias: Value | null,
  { groups = 1, ...window }: ConvWindow = {},
): Value {
  const [batch, channels, height, width] = mapShape(g, 'Conv', x);
  const [filters, depth, kernel] = weightShape(g, 'Conv', weight);
  const fits = sameExtent(channels, depth * groups) && filters % groups === 0;
  assertShape(g, 'Conv', fits, `${shapeText(x.shape)} by ${shapeText(weight.shape)} in ${groups} groups`);
  assertBias(g, 'Conv', bias, filters);
  const laid = { ...window, kernel };
  const shape = [batch, filters, windowExtent(height, laid, 0), windowExtent(width, laid, 1)];
  assertRoom(g, 'Conv', shape);
  return g.node(
    'Conv',
    bias === null ? [x, weight] : [x, weight, bias],
    { elementType: x.elementType, shape },
    { ...windowAttributes(laid), group: int(groups) },
  );
}

type TransposedWindow = ConvWindow & { readonly outputPadding?: Pair };

/**
 * Transposed 2-D convolution of [batch, C, H, W] with a weight [C, M / groups, kH, kW] and a bias [M] or none. The output
 * has (H − 1)·stride − 2·padding + dilation·(kH − 1) + outputPadding + 1 rows.
 */
export function convTranspose(
  g: GraphBuilder,
  x: Value,
  weight: Value,
  bias: Value | null,
  { groups = 1, outputPadding = [0, 0], ...window }: TransposedWindow = {},
): Value {
  const [batch, channels, height, width] = mapShape(g, 'ConvTranspose', x);
  const [depth, perGroup, kernel] = weightShape(g, 'ConvTranspose', weight);
  const fits = sameExtent(channels, depth);
  assertShape(g, 'ConvTranspose', fits, `${shapeText(x.shape)} by ${shapeText(weight.shape)}`);
  assertBias(g, 'ConvTranspose', bias, perGroup * groups);
  const { stride = [1, 1], padding = [0, 0], dilation = [1, 1] } = window;
  const spread = (extent: Extent, axis: 0 | 1) => {
    const rest = dilation[axis] * (kernel[axis] - 1) + outputPadding[axis] + 1 - 2 * padding[axis];
    return addExtents(multiplyExtents(addExtents(extent, -1), stride[axis]), rest);
  };
  const shape = [batch, perGroup * groups, spread(height, 0), spread(width, 1)];
  assertRoom(g, 'ConvTranspose', shape);
  return g.node(
    'ConvTranspose',
    bias === null ? [x, weight] : [x, weight, bias],
    { elementType: x.elementType, shape },
    { ...windowAttributes({ ...window, kernel }), group: int(groups), output_padding: ints(outputPadding) },
  );
}

/** The four extents of a batch of maps. */
export function mapShape(g: GraphBuilder, operator: string, x: Value): readonly [Extent, Extent, Extent, Extent] {
  const [batch, channels, height, width, ...others] = x.shape;
  const isMap = batch !== undefined && channels !== undefined && height !== undefined && width !== undefined;
  assertShape(g, operator, isMap && others.length === 0, `${shapeText(x.shape)} is no batch of maps`);
  return [batch, channels, height, width];
}

/** A kernel larger than the padded map leaves nothing. */
export function assertRoom(g: GraphBuilder, operator: string, shape: readonly Extent[]): void {
  const isPositive = shape.every((extent) => typeof extent !== 'number' || extent > 0);
  assertShape(g, operator, isPositive, `the map is too small: ${shapeText(shape)} would be left`);
}

function weightShape(g: GraphBuilder, operator: string, weight: Value): readonly [number, number, Pair] {
  const [first, second, height, width, ...others] = weight.shape.filter((extent) => typeof extent === 'number');
  const isKernel = first !== undefined && second !== undefined && height !== undefined && width !== undefined;
  assertShape(g, operator, isKernel && others.length === 0, `${shapeText(weight.shape)} is no kernel`);
  return [first, second, [height, width]];
}

function assertBias(g: GraphBuilder, operator: string, bias: Value | null, channels: number): void {
  const fits = bias === null || (bias.shape.length === 1 && bias.shape[0] === channels);
  assertShape(g, operator, fits, `a bias for ${channels} channels has the shape ${shapeText(bias?.shape ?? [])}`);
}
