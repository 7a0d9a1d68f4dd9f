import { assert } from '@/lib/core/assert';
import { add, mul, sub } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceMax, reduceMean, reduceSum } from '@/lib/engines/graph/reduce';
import { exp, log } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import type { LossParts } from '@/lib/engines/training/losses/loss-parts';
import { oneHot } from '@/lib/engines/training/losses/ordinals';
import type { RawClasses } from '@/lib/engines/training/network/raw-outputs';

/** The labels of a `ClassBatch` as an input of the graph, called as its field: int32 [batch]. */
export function classTargets(g: GraphBuilder, { logits }: RawClasses): Value {
  const [batch = 1] = logits.shape;
  return g.input('classIds', { elementType: 'int32', shape: [batch] });
}

type ClassLossOptions = {
  /** The share of certainty, 0 to below 1, that is taken from the labelled class and spread evenly over all. */
  readonly labelSmoothing: number;
};

/**
 * The mean cross-entropy of a batch of whole images, with label smoothing (C. Szegedy et al., “Rethinking the Inception
 * Architecture”, arXiv:1512.00567). Unlike the loss of objects it is minimised as it is, not times the number of images, as
 * the field does it: learning rates are chosen for that.
 */
export function classLoss(
  g: GraphBuilder,
  { logits }: RawClasses,
  classIds: Value,
  { labelSmoothing }: ClassLossOptions,
): LossParts {
  assert(labelSmoothing >= 0 && labelSmoothing < 1, `label smoothing ${labelSmoothing} is a share`);
  const scoped = g.within('loss');
  const classes = Number(logits.shape[1]);
  const peaks = reduceMax(scoped, logits, [1], { keepAxes: true });
  const lowered = sub(scoped, logits, peaks);
  const logTotal = log(scoped, reduceSum(scoped, exp(scoped, lowered), [1]));
  const targets = smoothed(scoped, classIds, classes, labelSmoothing);
  const crossEntropy = sub(scoped, logTotal, reduceSum(scoped, mul(scoped, lowered, targets), [1]));
  const loss = reduceMean(scoped, crossEntropy, [0]);
  return { loss, items: [{ name: 'loss', value: loss }], constants: [peaks] };
}

/** [batch, classes], each row of the sum 1. */
function smoothed(g: GraphBuilder, classIds: Value, classes: number, share: number): Value {
  return add(g, mul(g, oneHot(g, classIds, classes), 1 - share), share / classes);
}
