import { reshape } from '@/lib/engines/graph/arrangement';
import { int, text } from '@/lib/engines/graph/attributes';
import { add, equal, where } from '@/lib/engines/graph/elementwise';
import { elementCount } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { maxPool } from '@/lib/engines/graph/pooling';
import type { Value } from '@/lib/engines/graph/value';
import { numberAttribute, numbersAttribute } from '@/lib/engines/training/gradients/attribute-values';
import { filled } from '@/lib/engines/training/gradients/filled';
import {
  type BackwardStep,
  type GradientRules,
  inputOf,
  outputGradient,
  outputOf,
} from '@/lib/engines/training/gradients/gradient-rule';
import { assertAdding } from '@/lib/engines/training/gradients/selections';
import {
  paddedMap,
  pairOf,
  sumOfViews,
  type WindowLayout,
  windowLayout,
  windowViews,
} from '@/lib/engines/training/gradients/window-views';

/**
 * Gradients of MaxPool. The whole gradient of a window goes to its largest element; of several to the first, row by row, in
 * both forms.
 */
export const maxPoolGradients: GradientRules = {
  MaxPool: (step) => [() => (step.forms.maxPool === 'indices' ? byIndices(step) : byShifts(step))],
};

/** The forward pass is made to note the place of each maximum in the flattened map. */
function byIndices(step: BackwardStep): Value {
  assertAdding(step);
  const { g, operation } = step;
  const [x, y] = [inputOf(step, 0), outputOf(step)];
  const places = operation.outputs[1] ?? g.addOutput(operation, { elementType: 'int64', shape: y.shape });
  const count = [elementCount(y.shape)];
  const zeros = filled(g, x.elementType, [elementCount(x.shape)], 0);
  const scattered = g.node(
    'ScatterElements',
    [zeros, reshape(g, places, count), reshape(g, outputGradient(step), count)],
    { elementType: x.elementType, shape: zeros.shape },
    { axis: int(0), reduction: text('add') },
  );
  return reshape(g, scattered, x.shape);
}

/**
 * A window's maximum is the maximum of its rows' maxima, so that the way back is taken down the rows first and then along
 * them: with a kernel of 5 × 5 that compares 10 shifted views, not 25.
 */
function byShifts(step: BackwardStep): Value {
  const { g, operation } = step;
  const [x, y] = [inputOf(step, 0), outputOf(step)];
  const layout = windowLayout(step, pairOf(step, numbersAttribute(operation, 'kernel_shape') ?? []), x, y);
  const across = alongAxis(layout, 1, layout.map[0]);
  const down = alongAxis(layout, 0, layout.count[1]);
  const rowMaxima = maxPool(g, x, { ...across, ceil: numberAttribute(operation, 'ceil_mode', 0) === 1 });
  const ofRows = toFirstMaximum(g, rowMaxima, y, outputGradient(step), down);
  return toFirstMaximum(g, x, rowMaxima, ofRows, across);
}

/** The layout on one axis only; the other has `others` rows or columns, each by itself. */
function alongAxis(layout: WindowLayout, axis: 0 | 1, others: number): WindowLayout {
  const only = (pair: readonly [number, number], other: number): readonly [number, number] =>
    axis === 0 ? [pair[0], other] : [other, pair[1]];
  return {
    kernel: only(layout.kernel, 1),
    stride: only(layout.stride, 1),
    dilation: only(layout.dilation, 1),
    padding: only(layout.padding, 0),
    map: only(layout.map, others),
    count: only(layout.count, others),
  };
}

/** Lower than any number that a network computes: the padding of a pool is never its maximum. */
const lowest = { float32: -3.4028234663852886e38, float16: -65_504 } as const;

function toFirstMaximum(g: GraphBuilder, map: Value, maxima: Value, gradient: Value, layout: WindowLayout): Value {
  const padding = map.elementType === 'float16' ? lowest.float16 : lowest.float32;
  const views = windowViews(g, paddedMap(g, map, layout, padding), layout);
  let left = gradient;
  const parts = views.map((view, index) => {
    const isHere = equal(g, view, maxima);
    const part = where(g, isHere, left, 0);
    if (index < views.length - 1) left = where(g, isHere, 0, left);
    return part;
  });
  return sumOfViews(g, parts, layout, (sum, part) => add(g, sum, part));
}
