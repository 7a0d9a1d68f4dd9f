import { assert } from '@/lib/core/assert';
import type { AnchorPoints } from '@/lib/engines/architecture/heads/anchor-points';
import { reshape, split, transpose, unsqueeze } from '@/lib/engines/graph/arrangement';
import { constant } from '@/lib/engines/graph/constants';
import { add, div, greater, max, mul, sub } from '@/lib/engines/graph/elementwise';
import { multiplyExtents } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceSum } from '@/lib/engines/graph/reduce';
import { cast, exp, neg } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import { keypointSigmas } from '@/lib/engines/training/evaluation/keypoint-similarity';
import { logitCrossEntropy } from '@/lib/engines/training/losses/logit-cross-entropy';
import type { ObjectTargets } from '@/lib/engines/training/losses/object-targets';
import { chosen } from '@/lib/engines/training/losses/task-aligned-assignment';

/** Keeps divisions away from zero; the package's own value, so that numbers agree. */
const epsilon = 1e-9;

type AssignedPoses = {
  /** Raw keypoints [batch, count · dims, anchors]. */
  readonly raw: Value;
  readonly anchors: AnchorPoints;
  readonly keypoints: NonNullable<ObjectTargets['keypoints']>;
  /** As of an assignment. */
  readonly claims: Value;
  /** The box of each anchor's object in pixels, [batch, 4, anchors] as x1, y1, x2, y2. */
  readonly boxes: Value;
};

/** Means over all points of all assigned anchors, without gains: one number each. */
type KeypointLosses = {
  readonly position: Value;
  /** Null where the network does not say which points are visible. */
  readonly visibility: Value | null;
};

/**
 * How far keypoints are off: 1 − object keypoint similarity, of the labelled points alone and weighed so that an object
 * counts the same however many it has (D. Maji et al., “YOLO-Pose”, arXiv:2204.06806, as YOLOv8 computes it in cells); and the
 * binary cross-entropy of the visibility. Points are decoded as YOLOv8 does: 2·x + anchor point − ½.
 */
export function keypointLosses(
  g: GraphBuilder,
  { raw, anchors, keypoints, claims, boxes }: AssignedPoses,
): KeypointLosses {
  const { count, dims } = keypoints.shape;
  const [batch = 1, channels, anchorCount = 1] = raw.shape;
  assert(channels === count * dims, `${channels} channels are ${count} keypoints of ${dims}`);
  const answers = reshape(g, raw, [batch, count, dims, anchorCount]);
  const [coordinates, visibilityLogits] = split(g, answers, dims === 3 ? [2, 1] : [2], 2);
  const [pixels, marks] = split(g, chosenPoints(g, keypoints.points, claims), [2, 1], 2);
  const isLabelled = cast(g, greater(g, marks, 0), 'float32');

  const isAssigned = reduceSum(g, claims, [1], { keepAxes: true });
  const assigned = max(g, mul(g, reduceSum(g, isAssigned, [0, 1, 2]), count), 1);
  const mean = (ofPoints: Value) =>
    div(g, reduceSum(g, mul(g, ofPoints, unsqueeze(g, isAssigned, [2])), [0, 1, 2, 3]), assigned);

  const predicted = add(g, mul(g, coordinates, 2), sub(g, unsqueeze(g, anchors.points, [0]), 0.5));
  const away = sub(g, predicted, div(g, pixels, unsqueeze(g, anchors.strides, [0])));
  const squares = reduceSum(g, mul(g, away, away), [2], { keepAxes: true });
  const similarity = exp(
    g,
    neg(g, div(g, squares, tolerances(g, keypoints.shape, cellAreas(g, boxes, anchors, isAssigned)))),
  );
  const labelled = add(g, reduceSum(g, isLabelled, [1], { keepAxes: true }), epsilon);
  const share = mul(g, div(g, isLabelled, labelled), count);
  return {
    position: mean(mul(g, sub(g, 1, similarity), share)),
    visibility: visibilityLogits === undefined ? null : mean(logitCrossEntropy(g, visibilityLogits, isLabelled)),
  };
}

/** [batch, columns, count, 3] → [batch, count, 3, anchors]. */
function chosenPoints(g: GraphBuilder, points: Value, claims: Value): Value {
  const [batch = 1, columns = 1, count = 1, numbers = 1] = points.shape;
  const rows = reshape(g, points, [batch, columns, multiplyExtents(count, numbers)]);
  const picked = chosen(g, transpose(g, rows, [0, 2, 1]), claims);
  return reshape(g, picked, [batch, count, numbers, ...picked.shape.slice(2)]);
}

/** In cells of the anchor's level, [batch, 1, 1, anchors]; 1 for anchors without an object, so that nothing grows beyond all bounds. */
function cellAreas(g: GraphBuilder, boxes: Value, { strides }: AnchorPoints, isAssigned: Value): Value {
  const [corner, opposite] = split(g, div(g, boxes, strides), [2, 2], 1);
  const [width, height] = split(g, sub(g, opposite, corner), [1, 1], 1);
  return unsqueeze(g, add(g, mul(g, width, height), sub(g, 1, isAssigned)), [2]);
}

/** 2 · (2σ)² · area of each point: [batch, count, 1, anchors]. */
function tolerances(g: GraphBuilder, shape: { readonly count: number; readonly dims: 2 | 3 }, areas: Value): Value {
  const variances = keypointSigmas(shape).map((sigma) => 2 * (2 * sigma) ** 2);
  return mul(g, add(g, areas, epsilon), constant(g, 'float32', [1, shape.count, 1, 1], variances));
}
