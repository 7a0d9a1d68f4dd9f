import { int } from '@/lib/engines/graph/attributes';
import { extentOf } from '@/lib/engines/graph/axis';
import { int64List, scalar } from '@/lib/engines/graph/constants';
import { type Extent, extentText, sameExtent } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { assertShape } from '@/lib/engines/graph/shape-error';
import type { Value } from '@/lib/engines/graph/value';

/**
 * The lengths of a shape as an int64 value [rank]. Numbers are constants; a symbolic length is asked at run time of the
 * first of the `sources` that has an axis of exactly this length.
 */
export function shapeTensor(g: GraphBuilder, shape: readonly Extent[], sources: readonly Value[]): Value {
  const numbers = shape.filter((extent) => typeof extent === 'number');
  if (numbers.length === shape.length) return int64List(g, numbers);
  const parts = shape.map((extent) => lengthTensor(g, extent, sources));
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) return only;
  return g.node('Concat', parts, { elementType: 'int64', shape: [shape.length] }, { axis: int(0) });
}

/** The length of an axis as an int64 value [1]. */
export function axisLength(g: GraphBuilder, x: Value, axis: number): Value {
  return lengthTensor(g, extentOf(g, 'Shape', x, axis), [x]);
}

/** The whole numbers 0, 1, … below the length of an axis, as an int64 value [length]. */
export function rangeOfAxis(g: GraphBuilder, x: Value, axis: number): Value {
  const extent = extentOf(g, 'Range', x, axis);
  if (typeof extent === 'number')
    return int64List(
      g,
      Array.from({ length: extent }, (_, index) => index),
    );
  const [zero, one] = [scalar(g, 'int64', 0), scalar(g, 'int64', 1)];
  const limit = gatherLength(g, x, axis < 0 ? axis + x.shape.length : axis, zeroRank);
  return g.node('Range', [zero, limit, one], { elementType: 'int64', shape: [extent] });
}

const zeroRank: readonly number[] = [];

function lengthTensor(g: GraphBuilder, extent: Extent, sources: readonly Value[]): Value {
  if (typeof extent === 'number') return int64List(g, [extent]);
  for (const source of sources) {
    const axis = source.shape.findIndex((candidate) => sameExtent(candidate, extent));
    if (axis >= 0) return gatherLength(g, source, axis, [1]);
  }
  assertShape(g, 'Shape', false, `no value at hand has an axis of ${extentText(extent)}`);
}

/** The length of an axis, counted from the front, as a value of the given shape, which has one element. */
function gatherLength(g: GraphBuilder, x: Value, axis: number, shape: readonly number[]): Value {
  const lengths = g.node('Shape', [x], { elementType: 'int64', shape: [x.shape.length] });
  const index = shape.length === 0 ? scalar(g, 'int64', axis) : int64List(g, [axis]);
  return g.node('Gather', [lengths, index], { elementType: 'int64', shape }, { axis: int(0) });
}
