import { pad } from '@/lib/engines/graph/arrangement';
import { int64List } from '@/lib/engines/graph/constants';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value } from '@/lib/engines/graph/value';
import type { Pair } from '@/lib/engines/graph/window';
import { numbersAttribute, textAttribute } from '@/lib/engines/training/gradients/attribute-values';
import { type BackwardStep, GradientError, lengthsOf } from '@/lib/engines/training/gradients/gradient-rule';
import { type AxisPlaces, putBack } from '@/lib/engines/training/gradients/slices';

/** How the windows of a convolution or a pool lie on the last two axes of a map. */
export type WindowLayout = {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  /** Rows and columns added before the map. */
  readonly padding: Pair;
  /** Rows and columns of the map. */
  readonly map: Pair;
  /** Number of windows down and across. */
  readonly count: Pair;
};

/** The layout of an operation on `map` whose output, or input if it is transposed, is `windows`. */
export function windowLayout(step: BackwardStep, kernel: Pair, map: Value, windows: Value): WindowLayout {
  const { operation } = step;
  const ones = [1, 1];
  const [stride, dilation] = ['strides', 'dilations'].map((name) => numbersAttribute(operation, name) ?? ones);
  const pads = numbersAttribute(operation, 'pads') ?? [0, 0, 0, 0];
  const isExplicit = textAttribute(operation, 'auto_pad', 'NOTSET') === 'NOTSET';
  if (!isExplicit || pads[0] !== pads[2] || pads[1] !== pads[3]) {
    throw new GradientError(operation, 'is known for the same padding on both sides only');
  }
  return {
    kernel,
    stride: pairOf(step, stride),
    dilation: pairOf(step, dilation),
    padding: pairOf(step, pads.slice(0, 2)),
    map: pairOf(step, lengthsOf(step, map).slice(2)),
    count: pairOf(step, lengthsOf(step, windows).slice(2)),
  };
}

/** Exactly two numbers: gradients are known for maps, not for sequences or volumes. */
export function pairOf({ operation }: BackwardStep, numbers: readonly number[] | undefined): Pair {
  const [vertical, horizontal, ...others] = numbers ?? [];
  const isPair = vertical !== undefined && horizontal !== undefined && others.length === 0;
  if (!isPair) throw new GradientError(operation, 'is known for two spatial axes only');
  return [vertical, horizontal];
}

/** A map [batch, C, H, W] with the rows and columns around it that its windows reach. */
export function paddedMap(g: GraphBuilder, map: Value, layout: WindowLayout, fill = 0): Value {
  const before = [0, 0, ...layout.padding];
  const after = [0, 0, ...spatial((axis) => paddedLength(layout, axis) - layout.padding[axis] - layout.map[axis])];
  return [...before, ...after].every((added) => added === 0) ? map : pad(g, map, before, after, fill);
}

/**
 * For each place of the kernel, row by row, what all windows have there: views [batch, C, rows, columns] of the padded map,
 * in the shape of the windows' count.
 */
export function windowViews(g: GraphBuilder, padded: Value, layout: WindowLayout): readonly Value[] {
  return viewPlaces(layout).map((places) => viewOf(g, padded, places, layout.count));
}

/** The transpose of `paddedMap` and `windowViews`: the sum of the views, each at its place, without the padding. */
export function sumOfViews(
  g: GraphBuilder,
  views: readonly Value[],
  layout: WindowLayout,
  add: (sum: Value, view: Value) => Value,
): Value {
  const placed = viewPlaces(layout).flatMap((places, index) => {
    const view = views[index];
    return view === undefined ? [] : [putBack(g, view, places)];
  });
  const sum = placed.reduce(add);
  const places = spatial((axis) => ({ axis: axis + 2, start: layout.padding[axis], step: 1, length: 0 }));
  return viewOf(g, sum, places, layout.map);
}

/** Where the views lie on the two axes of the padded map. */
function viewPlaces(layout: WindowLayout): readonly (readonly AxisPlaces[])[] {
  const [rows, columns] = layout.kernel;
  return Array.from({ length: rows * columns }, (_, index) => {
    const place = [Math.floor(index / columns), index % columns] as const;
    return spatial((axis) => ({
      axis: axis + 2,
      start: place[axis] * layout.dilation[axis],
      step: layout.stride[axis],
      length: paddedLength(layout, axis),
    }));
  });
}

/** Rows or columns of a map with what its windows reach around it. */
export function paddedLength({ kernel, stride, dilation, padding, map, count }: WindowLayout, axis: 0 | 1): number {
  const reached = (count[axis] - 1) * stride[axis] + dilation[axis] * (kernel[axis] - 1) + 1;
  return Math.max(reached, padding[axis] + map[axis]);
}

/** One Slice over the axes of which not everything is taken. */
function viewOf(g: GraphBuilder, x: Value, places: readonly AxisPlaces[], counts: Pair): Value {
  const cut = places.filter(({ axis }, index) => x.shape[axis] !== counts[index]);
  if (cut.length === 0) return x;
  const ends = places.map(({ start, step }, index) => start + ((counts[index] ?? 1) - 1) * step + 1);
  const ranges = [
    cut.map(({ start }) => start),
    cut.map((place) => ends[places.indexOf(place)] ?? 0),
    cut.map(({ axis }) => axis),
    cut.map(({ step }) => step),
  ].map((numbers) => int64List(g, numbers));
  const shape = x.shape.map((extent, axis) => (axis < 2 ? extent : (counts[axis - 2] ?? extent)));
  return g.node('Slice', [x, ...ranges], { elementType: x.elementType, shape });
}

function spatial<T>(onAxis: (axis: 0 | 1) => T): readonly [T, T] {
  return [onAxis(0), onAxis(1)];
}
