import { clip } from '@/lib/engines/graph/activations';
import { reshape, unsqueeze } from '@/lib/engines/graph/arrangement';
import { div, max, mul, sub } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceMax, reduceMean, reduceSum } from '@/lib/engines/graph/reduce';
import { abs, exp, log } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import { ordinals } from '@/lib/engines/training/losses/ordinals';
import type { RawObjects } from '@/lib/engines/training/network/raw-outputs';

/** How far the sides of a box are from its anchor point, and how sure the network is of it. */
export type SideDistances = {
  /** Left, top, right, bottom in cells: [batch, 4, anchors]. */
  readonly distances: Value;
  /** Null where the network says the distances themselves. */
  readonly distribution: SideDistribution | null;
  /** Values to be held constant while a loss is differentiated. */
  readonly constants: readonly Value[];
};

type SideDistribution = {
  /** [batch, 4, bins, anchors]; the largest of a side is 0, which changes no probability and keeps powers finite. */
  readonly logits: Value;
  /** ln Σ exp(logits): [batch, 4, anchors]. */
  readonly logTotal: Value;
  readonly bins: number;
};

/** Targets stay this far below the last bin, so that there is one above each of them; the package's own value. */
const lastBinMargin = 0.01;

/** The distances that raw boxes stand for: the expectation of a distribution over 0, 1, … cells, or what is said. */
export function sideDistances(g: GraphBuilder, { boxes, bins }: RawObjects): SideDistances {
  if (bins === 1) return { distances: boxes, distribution: null, constants: [] };
  const [batch = 1, , anchors = 1] = boxes.shape;
  const raw = reshape(g, boxes, [batch, 4, bins, anchors]);
  const peaks = reduceMax(g, raw, [2], { keepAxes: true });
  const logits = sub(g, raw, peaks);
  const powers = exp(g, logits);
  const total = reduceSum(g, powers, [2]);
  const moment = reduceSum(g, mul(g, powers, ordinals(g, [1, 1, bins, 1])), [2]);
  return {
    distances: div(g, moment, total),
    distribution: { logits, logTotal: log(g, total), bins },
    // What lowers all logits of a side alike changes nothing, so that no gradient need be sent through it.
    constants: [peaks],
  };
}

/**
 * Distribution focal loss of each anchor, [batch, 1, anchors]: the mean over its sides of the cross-entropy with the two bins
 * around the target, each in proportion to its nearness (X. Li et al., “Generalized Focal Loss”, arXiv:2006.04388).
 *
 * @param targets Distances in cells, [batch, 4, anchors], that do not depend on what is trained.
 */
export function distributionLoss(g: GraphBuilder, { logits, logTotal, bins }: SideDistribution, targets: Value): Value {
  const reachable = clip(g, targets, 0, bins - 1 - lastBinMargin);
  const away = abs(g, sub(g, unsqueeze(g, reachable, [2]), ordinals(g, [1, 1, bins, 1])));
  const nearness = max(g, sub(g, 1, away), 0);
  const crossEntropy = sub(g, logTotal, reduceSum(g, mul(g, logits, nearness), [2]));
  return reduceMean(g, crossEntropy, [1], { keepAxes: true });
}
