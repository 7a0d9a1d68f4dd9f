import type { AnchorPoints } from '@/lib/engines/architecture/heads/anchor-points';
import { sigmoid } from '@/lib/engines/graph/activations';
import { concat, transpose, unsqueeze } from '@/lib/engines/graph/arrangement';
import { add, div, greater, greaterOrEqual, max, min, mul, sub, where } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { abs, cast, cos, exp, identity, log, neg, sin } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import type { BoxComparison, BoxGeometry } from '@/lib/engines/training/losses/box-geometry';
import { columnsOf } from '@/lib/engines/training/losses/columns-of';
import type { ObjectTargets } from '@/lib/engines/training/losses/object-targets';
import { type OrientedColumns, probiou } from '@/lib/engines/training/losses/probiou';
import { reachOf } from '@/lib/engines/training/losses/reach';
import { chosen } from '@/lib/engines/training/losses/task-aligned-assignment';

/** Objects with a side of fewer pixels are not learnt, as the package has it: their angle means nothing. */
const smallestSide = 2;

/**
 * Variance in cells² that both boxes get when they are compared for the loss, which bounds the gradients of boxes far smaller
 * than a cell; the package's own value (its pull request 25007).
 */
const varianceFloor = 0.01;

/** Keeps the aspect ratio of no box away from 0 ÷ 0; the package's own value. */
const epsilon = 1e-9;

/** By how much the angle counts the less, the nearer a box is to a square, whose angle means nothing; the package's value. */
const aspectScale = 3;

/**
 * Oriented boxes: overlaps are probabilistic IoUs.
 *
 * @param distances Along the sides of the box in cells, as left, top, right, bottom: [batch, 4, anchors].
 * @param turns Raw angles [batch, 1, anchors]: by the sigmoid a share of the half turn that begins at −π/4.
 */
export function orientedBoxes(
  g: GraphBuilder,
  anchors: AnchorPoints,
  distances: Value,
  turns: Value,
  targets: ObjectTargets,
): BoxGeometry {
  const [heldDistances, heldTurns] = [identity(g, distances), identity(g, turns)];
  const points = mul(g, anchors.points, anchors.strides);
  const predicted = decoded(g, points, mul(g, heldDistances, anchors.strides), heldTurns);
  const fit = probiou(g, orientedColumns(g, targets.boxes, 2), predicted);
  return {
    overlaps: where(g, insideObjects(g, points, anchors.strides, targets), max(g, fit, 0), 0),
    compare: (claims) => {
      const boxes = chosen(g, transpose(g, targets.boxes, [0, 2, 1]), claims);
      return comparison(g, anchors, decoded(g, anchors.points, distances, turns), boxes);
    },
    constants: [heldDistances, heldTurns],
  };
}

/** In cells, as the losses of boxes are taken. `boxes` are those of the objects, in pixels. */
function comparison(
  g: GraphBuilder,
  { points, strides }: AnchorPoints,
  predicted: OrientedColumns,
  boxes: Value,
): BoxComparison {
  const { x, y, width, height, angle } = orientedColumns(g, boxes, 1);
  const cells = (length: Value) => div(g, length, strides);
  const target = { x: cells(x), y: cells(y), width: cells(width), height: cells(height), angle };
  return {
    boxes,
    misfit: sub(g, 1, probiou(g, predicted, target, varianceFloor)),
    distances: sideTargets(g, points, target),
    turn: turnLoss(g, predicted.angle, target),
    constants: [],
  };
}

/** The centre turns about the anchor point, because the distances are along the sides: each column [batch, 1, anchors]. */
function decoded(g: GraphBuilder, points: Value, distances: Value, turns: Value): OrientedColumns {
  const [px, py] = columnsOf(g, points, 1);
  const [left, top, right, bottom] = columnsOf(g, distances, 1);
  const angle = mul(g, sub(g, sigmoid(g, turns), 0.25), Math.PI);
  const [cosine, sine] = [cos(g, angle), sin(g, angle)];
  const across = mul(g, sub(g, right, left), 0.5);
  const down = mul(g, sub(g, bottom, top), 0.5);
  return {
    x: add(g, px, sub(g, mul(g, across, cosine), mul(g, down, sine))),
    y: add(g, py, add(g, mul(g, across, sine), mul(g, down, cosine))),
    width: add(g, left, right),
    height: add(g, top, bottom),
    angle,
  };
}

/** The distances whose decoding with the object's own angle is the object: [batch, 4, anchors]. */
function sideTargets(g: GraphBuilder, points: Value, target: OrientedColumns): Value {
  const { along, across } = turnedBack(g, points, target);
  const [halfWidth, halfHeight] = [mul(g, target.width, 0.5), mul(g, target.height, 0.5)];
  const leftTop = [add(g, halfWidth, along), add(g, halfHeight, across)];
  return concat(g, [...leftTop, sub(g, halfWidth, along), sub(g, halfHeight, across)], 1);
}

/**
 * sin²(2·difference), which is the same for any quarter turn, times exp(−(ln(w ÷ h) ÷ 3)²): [batch, 1, anchors]. A term that
 * the package has had since its version 8.4.
 */
function turnLoss(g: GraphBuilder, angle: Value, target: OrientedColumns): Value {
  const ratio = sub(g, log(g, add(g, target.width, epsilon)), log(g, add(g, target.height, epsilon)));
  const importance = exp(g, neg(g, square(g, mul(g, ratio, 1 / aspectScale))));
  return mul(g, importance, square(g, sin(g, mul(g, sub(g, angle, target.angle), 2))));
}

/**
 * Whether each anchor point is within each object: bool [batch, columns, anchors]. Rows that are no object hold none, and nor do
 * those too small to be learnt.
 */
function insideObjects(g: GraphBuilder, points: Value, strides: Value, { boxes, classIds }: ObjectTargets): Value {
  const objects = orientedColumns(g, boxes, 2);
  const isObject = greater(g, unsqueeze(g, cast(g, classIds, 'float32'), [2]), -1);
  const shorter = min(g, objects.width, objects.height);
  const isLearnt = where(g, isObject, cast(g, greaterOrEqual(g, shorter, smallestSide), 'float32'), 0);
  const halfWidth = where(g, greater(g, isLearnt, 0), mul(g, reachOf(g, objects.width, strides), 0.5), -1);
  const { along, across } = turnedBack(g, points, objects);
  const toSide = sub(g, halfWidth, abs(g, along));
  const toEnd = sub(g, mul(g, reachOf(g, objects.height, strides), 0.5), abs(g, across));
  return greaterOrEqual(g, min(g, toSide, toEnd), 0);
}

/** Where points lie in terms of a box's centre and the directions of its width and its height. */
function turnedBack(g: GraphBuilder, points: Value, { x, y, angle }: OrientedColumns) {
  const [px, py] = columnsOf(g, points, 1);
  const [dx, dy] = [sub(g, px, x), sub(g, py, y)];
  const [cosine, sine] = [cos(g, angle), sin(g, angle)];
  return {
    along: add(g, mul(g, dx, cosine), mul(g, dy, sine)),
    across: sub(g, mul(g, dy, cosine), mul(g, dx, sine)),
  };
}

function orientedColumns(g: GraphBuilder, boxes: Value, axis: number): OrientedColumns {
  const [x, y, width, height, angle] = columnsOf(g, boxes, axis);
  return { x, y, width, height, angle };
}

function square(g: GraphBuilder, x: Value): Value {
  return mul(g, x, x);
}
