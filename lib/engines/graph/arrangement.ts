import { int, ints } from '@/lib/engines/graph/attributes';
import { axisOf, extentOf, withExtent } from '@/lib/engines/graph/axis';
import { int64List, scalar } from '@/lib/engines/graph/constants';
import { broadcast } from '@/lib/engines/graph/elementwise';
import { addExtents, type Extent, elementCount, sameExtent, shapeText } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { shapeTensor } from '@/lib/engines/graph/runtime-shape';
import { assertShape } from '@/lib/engines/graph/shape-error';
import type { Value } from '@/lib/engines/graph/value';

/**
 * The same elements in another shape. Symbolic lengths are kept, inferred, or where neither is possible asked of `x` and
 * the `sources` at run time.
 */
export function reshape(g: GraphBuilder, x: Value, shape: readonly Extent[], sources: readonly Value[] = []): Value {
  const fits = sameExtent(elementCount(x.shape), elementCount(shape));
  assertShape(g, 'Reshape', fits, `${shapeText(x.shape)} has other elements than ${shapeText(shape)}`);
  if (shape.length === x.shape.length && shape.every((extent, axis) => sameExtent(extent, x.shape[axis] ?? 0)))
    return x;
  const target = reshapeTarget(x, shape);
  const tensor = target === null ? shapeTensor(g, shape, [x, ...sources]) : int64List(g, target);
  return g.node('Reshape', [x, tensor], { elementType: x.elementType, shape });
}

/** All axes from `axis` on as one, those before it as another: always of rank 2. */
export function flatten(g: GraphBuilder, x: Value, axis = 1): Value {
  const shape = [elementCount(x.shape.slice(0, axis)), elementCount(x.shape.slice(axis))];
  return g.node('Flatten', [x], { elementType: x.elementType, shape }, { axis: int(axis) });
}

/** The axes in another order: axis i of the result is axis `order[i]` of `x`. */
export function transpose(g: GraphBuilder, x: Value, order: readonly number[]): Value {
  const isPermutation = [...order].sort((a, b) => a - b).every((axis, position) => axis === position);
  const fits = isPermutation && order.length === x.shape.length;
  assertShape(g, 'Transpose', fits, `[${order}] does not order the axes of ${shapeText(x.shape)}`);
  const shape = order.map((axis) => extentOf(g, 'Transpose', x, axis));
  return g.node('Transpose', [x], { elementType: x.elementType, shape }, { perm: ints(order) });
}

/** Values one after the other along an axis; all other lengths are equal. */
export function concat(g: GraphBuilder, values: readonly Value[], axis: number): Value {
  const [first, ...others] = values;
  assertShape(g, 'Concat', first !== undefined, 'there is nothing to join');
  const along = axisOf(g, 'Concat', first, axis);
  if (others.length === 0) return first;
  for (const other of others) {
    const fits =
      other.elementType === first.elementType &&
      other.shape.length === first.shape.length &&
      other.shape.every((extent, position) => position === along || sameExtent(extent, first.shape[position] ?? 0));
    const found = `${first.elementType} ${shapeText(first.shape)} and ${other.elementType} ${shapeText(other.shape)}`;
    assertShape(g, 'Concat', fits, `${found} do not join on axis ${axis}`);
  }
  const length = addExtents(...values.map((value) => extentOf(g, 'Concat', value, along)));
  const shape = withExtent(first.shape, along, length);
  return g.node('Concat', values, { elementType: first.elementType, shape }, { axis: int(axis) });
}

/** Consecutive pieces of the given lengths along an axis. */
export function split(g: GraphBuilder, x: Value, lengths: readonly number[], axis: number): readonly Value[] {
  const along = axisOf(g, 'Split', x, axis);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const fits = x.shape[along] === total && lengths.every((length) => length > 0);
  assertShape(g, 'Split', fits, `axis ${axis} of ${shapeText(x.shape)} is not ${lengths.join(' + ')}`);
  const results = lengths.map((length) => ({
    elementType: x.elementType,
    shape: withExtent(x.shape, along, length),
  }));
  if (g.opset < 13) return g.nodeOfMany('Split', [x], results, { axis: int(axis), split: ints(lengths) });
  return g.nodeOfMany('Split', [x, int64List(g, lengths)], results, { axis: int(axis) });
}

type SliceRange = { readonly axis: number; readonly start: number; readonly end?: number; readonly step?: number };

/** The end of an axis however long it is. */
const openEnd = 2 ** 31 - 1;

/** Every `step`-th element from `start` to before `end` (by default the end of the axis); neither is negative. */
export function slice(g: GraphBuilder, x: Value, { axis, start, end, step = 1 }: SliceRange): Value {
  const along = axisOf(g, 'Slice', x, axis);
  const length = extentOf(g, 'Slice', x, along);
  const stop = end ?? length;
  const isInside = typeof length !== 'number' || (typeof stop === 'number' && start < stop && stop <= length);
  assertShape(g, 'Slice', isInside && start >= 0, `${start}:${end ?? ''} is not inside ${shapeText(x.shape)}`);
  const span = addExtents(stop, -start);
  const isWhole = step === 1 || typeof span === 'number';
  assertShape(g, 'Slice', isWhole, `every ${step}. element of a symbolic axis`);
  const taken = typeof span === 'number' ? Math.ceil(span / step) : span;
  const ranges = [[start], [end ?? openEnd], [along], [step]].map((values) => int64List(g, values));
  return g.node('Slice', [x, ...ranges], {
    elementType: x.elementType,
    shape: withExtent(x.shape, along, taken),
  });
}

/** Without axes of length 1. */
export function squeeze(g: GraphBuilder, x: Value, axes: readonly number[]): Value {
  const dropped = axes.map((axis) => axisOf(g, 'Squeeze', x, axis));
  const areOnes = dropped.every((axis) => x.shape[axis] === 1);
  assertShape(g, 'Squeeze', areOnes, `axes [${axes}] of ${shapeText(x.shape)} are not all 1`);
  const shape = x.shape.filter((_, axis) => !dropped.includes(axis));
  return axesNode(g, 'Squeeze', x, dropped, shape);
}

/** With new axes of length 1; the numbers are positions in the result. */
export function unsqueeze(g: GraphBuilder, x: Value, axes: readonly number[]): Value {
  const rank = x.shape.length + axes.length;
  const added = axes.map((axis) => axisOf(g, 'Unsqueeze', x, axis, rank));
  const kept = [...x.shape];
  const shape = Array.from({ length: rank }, (_, axis) => (added.includes(axis) ? 1 : (kept.shift() ?? 1)));
  return axesNode(g, 'Unsqueeze', x, added, shape);
}

/** The value repeated along its axes of length 1, and along new leading axes, to this shape. */
export function expand(g: GraphBuilder, x: Value, shape: readonly Extent[], sources: readonly Value[] = []): Value {
  const expanded = broadcast(g, 'Expand', [x.shape, shape]);
  const target = shapeTensor(g, shape, [x, ...sources]);
  return g.node('Expand', [x, target], { elementType: x.elementType, shape: expanded });
}

/** The value with `before[axis]` and `after[axis]` elements of a constant around it. */
export function pad(g: GraphBuilder, x: Value, before: readonly number[], after: readonly number[], value = 0): Value {
  const fits = before.length === x.shape.length && after.length === x.shape.length;
  assertShape(g, 'Pad', fits, `${before.length} and ${after.length} pads for ${shapeText(x.shape)}`);
  const shape = x.shape.map((extent, axis) => addExtents(extent, before[axis] ?? 0, after[axis] ?? 0));
  const inputs = [x, int64List(g, [...before, ...after]), scalar(g, x.elementType, value)];
  return g.node('Pad', inputs, { elementType: x.elementType, shape });
}

/** The shape as Reshape wants it: 0 keeps an axis, one −1 is inferred. Null where two lengths would have to be. */
function reshapeTarget(x: Value, shape: readonly Extent[]): readonly number[] | null {
  const target = shape.map((extent, axis) => {
    if (typeof extent === 'number') return extent;
    const same = x.shape[axis];
    return same !== undefined && sameExtent(same, extent) ? 0 : -1;
  });
  return target.filter((length) => length === -1).length > 1 ? null : target;
}

/** From operator set 13 on, the axes are an input. */
function axesNode(g: GraphBuilder, operator: string, x: Value, axes: readonly number[], shape: readonly Extent[]) {
  const result = { elementType: x.elementType, shape };
  if (g.opset < 13) return g.node(operator, [x], result, { axes: ints(axes) });
  return g.node(operator, [x, int64List(g, axes)], result);
}
