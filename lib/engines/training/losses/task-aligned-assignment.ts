import { sigmoid } from '@/lib/engines/graph/activations';
import { transpose, unsqueeze } from '@/lib/engines/graph/arrangement';
import { add, div, equal, greater, max, mul, where } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { matmul } from '@/lib/engines/graph/matmul';
import { reduceMax, reduceSum } from '@/lib/engines/graph/reduce';
import { rangeOfAxis } from '@/lib/engines/graph/runtime-shape';
import { cast, neg, sqrt } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import { largestAlong, smallestNormal } from '@/lib/engines/training/losses/largest-along';
import { oneHot } from '@/lib/engines/training/losses/ordinals';

/** How each object (a column of the labels) and each anchor's prediction go together. */
export type ObjectCandidates = {
  /** Class logits [batch, classes, anchors]. */
  readonly scores: Value;
  /** int32 [batch, columns]; of another class than those of `scores`, −1 for example, nothing is assigned. */
  readonly classIds: Value;
  /** How well the predicted box fits, [batch, columns, anchors], 0–1; 0 where the anchor point is outside of the object. */
  readonly overlaps: Value;
};

export type AssignmentLimits = {
  /** At most so many anchors learn one object. */
  readonly candidates: number;
  /** Of these so many stay once the anchors that several objects claimed are shared out; by default all. */
  readonly kept?: number;
};

/** Which anchor learns which object. None of it depends on what is trained, once the candidates do not. All float32. */
export type Assignment = {
  /** [batch, columns, anchors]: 1 where the anchor learns the object, else 0. An anchor learns one object at most. */
  readonly claims: Value;
  /** What the classes' scores are to become: [batch, classes, anchors], 0–1. */
  readonly scores: Value;
  /** The target score of the anchor's object, [batch, 1, anchors]: by it the losses of its box are weighed. */
  readonly weights: Value;
  /** The sum of all target scores, but at least 1: what losses are divided by. One number. */
  readonly scoreSum: Value;
  /** How well aligned the anchor is in terms of its object's best anchor, which has 1: [batch, 1, anchors]. */
  readonly ranks: Value;
};

/** Keeps the quotient of the alignment away from 0 ÷ 0; the package's own value, so that numbers agree. */
const epsilon = 1e-9;

/** More columns than any batch has, and still exact in single precision. */
const columnLimit = 2 ** 24;

/**
 * Task-aligned assignment (C. Feng et al., “TOOD”, arXiv:2108.07755) as YOLOv8 uses it: an anchor's alignment with an object
 * is score^½ · overlap⁶, the best anchors claim the object, an anchor that several objects are claimed by goes to the one it
 * overlaps most, and the target score is the alignment, scaled so that an object's best anchor has the object's best overlap.
 *
 * Anchors of no alignment at all (no overlap) claim nothing. All [batch, columns, anchors] values are made by operators that
 * every execution provider can place: no scattering, and tables are looked up by products with zeros and ones.
 */
export function taskAlignedAssignment(
  g: GraphBuilder,
  { scores, classIds, overlaps }: ObjectCandidates,
  { candidates, kept = candidates }: AssignmentLimits,
): Assignment {
  const classes = oneHot(g, classIds, Number(scores.shape[1]));
  const alignment = alignmentOf(g, matmul(g, classes, sqrt(g, sigmoid(g, scores))), overlaps);
  const shared = sharedOut(g, largestAlong(g, alignment, candidates), overlaps);
  const claims = kept < candidates ? largestAlong(g, mul(g, alignment, shared), kept) : shared;

  const aligned = mul(g, alignment, claims);
  const best = reduceMax(g, aligned, [2], { keepAxes: true });
  const bestOverlap = reduceMax(g, mul(g, overlaps, claims), [2], { keepAxes: true });
  const targets = mul(g, aligned, div(g, bestOverlap, add(g, best, epsilon)));
  const weights = reduceSum(g, targets, [1], { keepAxes: true });
  return {
    claims,
    scores: matmul(g, transpose(g, classes, [0, 2, 1]), targets),
    weights,
    scoreSum: max(g, reduceSum(g, weights, [0, 1, 2]), 1),
    ranks: reduceSum(g, div(g, aligned, max(g, best, smallestNormal)), [1], { keepAxes: true }),
  };
}

/** What is known of each object [batch, n, columns], for the anchors that learn it: [batch, n, anchors], 0 for the others. */
export function chosen(g: GraphBuilder, ofObjects: Value, claims: Value): Value {
  return matmul(g, ofObjects, claims);
}

/** score^α · overlap^β with α = ½, whose root is taken already, and β = 6. */
function alignmentOf(g: GraphBuilder, rootScores: Value, overlaps: Value): Value {
  const cube = mul(g, overlaps, mul(g, overlaps, overlaps));
  return mul(g, rootScores, mul(g, cube, cube));
}

/** Leaves each anchor one object: where it has several, the one of all that overlaps it most, the first of equals. */
function sharedOut(g: GraphBuilder, claims: Value, overlaps: Value): Value {
  const counts = reduceSum(g, claims, [1], { keepAxes: true });
  const isBest = equal(g, overlaps, reduceMax(g, overlaps, [1], { keepAxes: true }));
  const columns = unsqueeze(g, neg(g, cast(g, rangeOfAxis(g, overlaps, 1), 'float32')), [0, 2]);
  const order = where(g, isBest, columns, -columnLimit);
  const isFirst = equal(g, order, reduceMax(g, order, [1], { keepAxes: true }));
  return where(g, greater(g, counts, 1), cast(g, isFirst, 'float32'), claims);
}
