import { int, ints } from '@/lib/engines/graph/attributes';
import { axisOf } from '@/lib/engines/graph/axis';
import { int64List } from '@/lib/engines/graph/constants';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value, ValueType } from '@/lib/engines/graph/value';
import type { ElementType } from '@/lib/engines/model-files/model-facts';

/** Whether reduced axes stay, with length 1, or go. */
type Reduction = { readonly keepAxes?: boolean };

export function reduceMax(g: GraphBuilder, x: Value, axes: readonly number[], reduction?: Reduction): Value {
  return reduce(g, 'ReduceMax', x, axes, reduction);
}

export function reduceMin(g: GraphBuilder, x: Value, axes: readonly number[], reduction?: Reduction): Value {
  return reduce(g, 'ReduceMin', x, axes, reduction);
}

export function reduceMean(g: GraphBuilder, x: Value, axes: readonly number[], reduction?: Reduction): Value {
  return reduce(g, 'ReduceMean', x, axes, reduction);
}

export function reduceSum(g: GraphBuilder, x: Value, axes: readonly number[], reduction?: Reduction): Value {
  return reduce(g, 'ReduceSum', x, axes, reduction);
}

/** Index of the largest value along an axis, the first of several, as int64. */
export function argMax(g: GraphBuilder, x: Value, axis: number, { keepAxes = false }: Reduction = {}): Value {
  const result = reducedType(g, 'ArgMax', x, [axis], keepAxes, 'int64');
  return g.node('ArgMax', [x], result, { axis: int(axis), keepdims: int(Number(keepAxes)) });
}

/** The operator set from which on the axes are an input. */
const axesAsInput = { ReduceMax: 18, ReduceMin: 18, ReduceMean: 18, ReduceSum: 13 } as const;

function reduce(
  g: GraphBuilder,
  operator: keyof typeof axesAsInput,
  x: Value,
  axes: readonly number[],
  { keepAxes = false }: Reduction = {},
): Value {
  const result = reducedType(g, operator, x, axes, keepAxes, x.elementType);
  const keepdims = int(Number(keepAxes));
  if (g.opset < axesAsInput[operator]) return g.node(operator, [x], result, { axes: ints(axes), keepdims });
  return g.node(operator, [x, int64List(g, axes)], result, { keepdims });
}

function reducedType(
  g: GraphBuilder,
  operator: string,
  x: Value,
  axes: readonly number[],
  keepAxes: boolean,
  elementType: ElementType,
): ValueType {
  const reduced = axes.map((axis) => axisOf(g, operator, x, axis));
  const kept = keepAxes
    ? x.shape.map((extent, axis) => (reduced.includes(axis) ? 1 : extent))
    : x.shape.filter((_, axis) => !reduced.includes(axis));
  return { elementType, shape: kept };
}
