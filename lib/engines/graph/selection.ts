import { int } from '@/lib/engines/graph/attributes';
import { axisOf, withExtent } from '@/lib/engines/graph/axis';
import { constant, int64List } from '@/lib/engines/graph/constants';
import { type Extent, sameExtent, shapeText } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { assertShape } from '@/lib/engines/graph/shape-error';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';

/** The slices of `x` along an axis that the indices (of any shape) name; their axes take the place of that axis. */
export function gather(g: GraphBuilder, x: Value, indices: Value, axis: number): Value {
  const along = axisOf(g, 'Gather', x, axis);
  const shape = [...x.shape.slice(0, along), ...indices.shape, ...x.shape.slice(along + 1)];
  return g.node('Gather', [x, indices], { elementType: x.elementType, shape }, { axis: int(axis) });
}

/** For every index the element of `x` at its own place, but at that index along the axis. */
export function gatherElements(g: GraphBuilder, x: Value, indices: Value, axis: number): Value {
  axisOf(g, 'GatherElements', x, axis);
  const fits = x.shape.length === indices.shape.length;
  assertShape(g, 'GatherElements', fits, `${shapeText(x.shape)} at indices ${shapeText(indices.shape)}`);
  const result = { elementType: x.elementType, shape: indices.shape };
  return g.node('GatherElements', [x, indices], result, { axis: int(axis) });
}

/** The parts of `x` at the tuples along the last axis of the indices; the first `batchAxes` axes are common to both. */
export function gatherNd(g: GraphBuilder, x: Value, indices: Value, batchAxes = 0): Value {
  const depth = indices.shape.at(-1);
  const fits = typeof depth === 'number' && depth + batchAxes <= x.shape.length;
  assertShape(g, 'GatherND', fits, `${shapeText(x.shape)} at indices ${shapeText(indices.shape)}`);
  const shape = [...indices.shape.slice(0, -1), ...x.shape.slice(batchAxes + depth)];
  return g.node('GatherND', [x, indices], { elementType: x.elementType, shape }, { batch_dims: int(batchAxes) });
}

/** `x` with the updates written at the tuples along the last axis of the indices. */
export function scatterNd(g: GraphBuilder, x: Value, indices: Value, updates: Value): Value {
  return g.node('ScatterND', [x, indices, updates], { elementType: x.elementType, shape: x.shape });
}

/** How many a TopK takes: a number, or an int64 value [1] whose number is known as a symbolic length. */
export type TopCount = number | { readonly value: Value; readonly extent: Extent };

/** The largest elements along an axis in falling order, and their positions (int64). Halves are compared as singles. */
export function topK(
  g: GraphBuilder,
  x: Value,
  count: TopCount,
  axis: number,
): { readonly values: Value; readonly indices: Value } {
  const along = axisOf(g, 'TopK', x, axis);
  const length = x.shape[along];
  const [k, extent] =
    typeof count === 'number' ? [int64List(g, [count]), count] : ([count.value, count.extent] as const);
  const fits = typeof length !== 'number' || typeof extent !== 'number' || extent <= length;
  assertShape(g, 'TopK', fits, `${String(extent)} of axis ${axis} of ${shapeText(x.shape)}`);
  const shape = withExtent(x.shape, along, extent);
  // Runtimes have this operator for single precision only.
  const comparable = x.elementType === 'float16' ? cast(g, x, 'float32') : x;
  const [values, indices] = g.nodeOfMany(
    'TopK',
    [comparable, k],
    [
      { elementType: comparable.elementType, shape },
      { elementType: 'int64', shape },
    ],
    { axis: int(axis), largest: int(1), sorted: int(1) },
  );
  assertShape(g, 'TopK', values !== undefined && indices !== undefined, 'two outputs are made');
  return { values: cast(g, values, x.elementType), indices };
}

/** Indices of all elements that are not zero (or true), as int64 [rank, count]; the count has a name of its own. */
export function nonZero(g: GraphBuilder, x: Value): Value {
  return g.node('NonZero', [x], { elementType: 'int64', shape: [x.shape.length, g.unknownExtent('nonzero')] });
}

type Suppression = {
  /** Most boxes kept for each class of each image. */
  readonly maxPerClass: number;
  /** A box is suppressed when its IoU with a better one is larger. */
  readonly iou: number;
  /** Boxes with a lower score are left out; null leaves none out. */
  readonly score?: number | null;
  /** `corners`: x1 y1 x2 y2. `centre`: x y w h. */
  readonly boxes: 'corners' | 'centre';
};

/**
 * Greedy non-maximum suppression of boxes [batch, A, 4] by scores [batch, classes, A]: the triples (image, class, box) that
 * stay, as int64 [selected, 3], the best score first within each class of each image.
 */
export function nonMaxSuppression(
  g: GraphBuilder,
  boxes: Value,
  scores: Value,
  { maxPerClass, iou, score = null, boxes: format }: Suppression,
): Value {
  const [images, anchors, side] = boxes.shape;
  const [scoredImages, , scoredAnchors] = scores.shape;
  const fits = side === 4 && same(images, scoredImages) && same(anchors, scoredAnchors);
  assertShape(g, 'NonMaxSuppression', fits, `${shapeText(boxes.shape)} scored by ${shapeText(scores.shape)}`);
  const limits = [
    int64List(g, [maxPerClass]),
    constant(g, 'float32', [1], [iou]),
    ...(score === null ? [] : [constant(g, 'float32', [1], [score])]),
  ];
  const singles = [cast(g, boxes, 'float32'), cast(g, scores, 'float32')];
  return g.node(
    'NonMaxSuppression',
    [...singles, ...limits],
    { elementType: 'int64', shape: [g.unknownExtent('selected'), 3] },
    { center_point_box: int(Number(format === 'centre')) },
  );
}

function same(a: Extent | undefined, b: Extent | undefined): boolean {
  return a !== undefined && b !== undefined && sameExtent(a, b);
}
