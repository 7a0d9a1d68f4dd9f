import type { AnchorPoints } from '@/lib/engines/architecture/heads/anchor-points';
import { concat, split, transpose, unsqueeze } from '@/lib/engines/graph/arrangement';
import { add, div, greater, max, min, mul, sub, where } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { cast, identity } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import type { BoxComparison, BoxGeometry } from '@/lib/engines/training/losses/box-geometry';
import { columnsOf } from '@/lib/engines/training/losses/columns-of';
import { type Corners, completeIou } from '@/lib/engines/training/losses/complete-iou';
import type { ObjectTargets } from '@/lib/engines/training/losses/object-targets';
import { reachingRange } from '@/lib/engines/training/losses/reach';
import { chosen } from '@/lib/engines/training/losses/task-aligned-assignment';

/** Anchor points nearer than this to a side, in pixels, are not inside; the package's own value. */
const insideMargin = 1e-9;

/**
 * Upright boxes: overlaps are complete IoUs, at least 0.
 *
 * @param distances Of the sides in cells, as left, top, right, bottom: [batch, 4, anchors].
 */
export function alignedBoxes(
  g: GraphBuilder,
  anchors: AnchorPoints,
  distances: Value,
  targets: ObjectTargets,
): BoxGeometry {
  const held = identity(g, distances);
  const inPixels = { points: mul(g, anchors.points, anchors.strides), distances: mul(g, held, anchors.strides) };
  const fit = completeIou(g, objectCorners(g, targets.boxes), cornersOf(g, inPixels.points, inPixels.distances)).iou;
  const isInside = insideObjects(g, inPixels.points, anchors.strides, targets);
  return {
    overlaps: where(g, isInside, max(g, fit, 0), 0),
    compare: (claims) => comparison(g, anchors, distances, chosen(g, transpose(g, targets.boxes, [0, 2, 1]), claims)),
    constants: [held],
  };
}

/** In cells, as the losses of boxes are taken. `boxes` are the objects' corners in pixels. */
function comparison(g: GraphBuilder, { points, strides }: AnchorPoints, distances: Value, boxes: Value): BoxComparison {
  const cells = div(g, boxes, strides);
  const [leftTop, rightBottom] = split(g, cells, [2, 2], 1);
  const { iou, tradeOff } = completeIou(g, cornersOf(g, points, distances), cornerColumns(g, cells, 1));
  return {
    boxes,
    misfit: sub(g, 1, iou),
    distances: concat(g, [sub(g, points, leftTop), sub(g, rightBottom, points)], 1),
    turn: null,
    constants: [tradeOff],
  };
}

/** Whether each anchor point is within each object: bool [batch, columns, anchors]. Rows that are no object hold none. */
function insideObjects(g: GraphBuilder, points: Value, strides: Value, { boxes, classIds }: ObjectTargets): Value {
  const [x, y] = columnsOf(g, points, 1);
  const corners = objectCorners(g, boxes);
  const [x1, x2] = reachingRange(g, corners.x1, corners.x2, strides);
  const [y1, y2] = reachingRange(g, corners.y1, corners.y2, strides);
  const isObject = greater(g, unsqueeze(g, cast(g, classIds, 'float32'), [2]), -1);
  const right = where(g, isObject, x2, sub(g, x1, 1));
  const across = min(g, sub(g, x, x1), sub(g, right, x));
  const down = min(g, sub(g, y, y1), sub(g, y2, y));
  return greater(g, min(g, across, down), insideMargin);
}

/** Of labels, each [batch, columns, 1]. */
function objectCorners(g: GraphBuilder, boxes: Value): Corners {
  return cornerColumns(g, boxes, 2);
}

function cornerColumns(g: GraphBuilder, boxes: Value, axis: number): Corners {
  const [x1, y1, x2, y2] = columnsOf(g, boxes, axis);
  return { x1, y1, x2, y2 };
}

/** Each [batch, 1, anchors], in the unit of the points [1, 2, anchors] and the distances. */
function cornersOf(g: GraphBuilder, points: Value, distances: Value): Corners {
  const [x, y] = columnsOf(g, points, 1);
  const [left, top, right, bottom] = columnsOf(g, distances, 1);
  return { x1: sub(g, x, left), y1: sub(g, y, top), x2: add(g, x, right), y2: add(g, y, bottom) };
}
