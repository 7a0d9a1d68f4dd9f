import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { tensorBytes } from '@/lib/engines/graph/tensor-bytes';
import type { Value } from '@/lib/engines/graph/value';
import type { ElementType } from '@/lib/engines/model-files/model-facts';

/** A constant of any type the graph computes with. */
export function constant(
  g: GraphBuilder,
  elementType: ElementType,
  shape: readonly number[],
  values: ArrayLike<number>,
): Value {
  return g.constant(elementType, shape, tensorBytes(elementType, values));
}

/** A constant in the precision of the graph. */
export function floats(g: GraphBuilder, shape: readonly number[], values: ArrayLike<number>): Value {
  return constant(g, g.floatType, shape, values);
}

/** A list of indices, axes or lengths. */
export function int64List(g: GraphBuilder, values: readonly number[]): Value {
  return constant(g, 'int64', [values.length], values);
}

/** A single number without axes. */
export function scalar(g: GraphBuilder, elementType: ElementType, value: number): Value {
  return constant(g, elementType, [], [value]);
}
