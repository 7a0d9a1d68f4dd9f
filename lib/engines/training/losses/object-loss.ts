import { add, div, mul, type Operand } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceSum } from '@/lib/engines/graph/reduce';
import { identity } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import { alignedBoxes } from '@/lib/engines/training/losses/aligned-boxes';
import { distanceLoss } from '@/lib/engines/training/losses/distance-loss';
import { logitCrossEntropy } from '@/lib/engines/training/losses/logit-cross-entropy';
import type { LossGains, LossParts } from '@/lib/engines/training/losses/loss-parts';
import type { ObjectTargets } from '@/lib/engines/training/losses/object-targets';
import { sideDistances } from '@/lib/engines/training/losses/side-distances';
import { type AssignmentLimits, taskAlignedAssignment } from '@/lib/engines/training/losses/task-aligned-assignment';
import type { RawObjects } from '@/lib/engines/training/network/raw-outputs';

/** Anchors that learn one object where many may; the field's default. */
const oneToMany: AssignmentLimits = { candidates: 10 };

/**
 * The loss of a network of objects, as YOLOv8 defines it for its tasks. A batch without any object has the loss of its scores
 * alone, which is finite.
 */
export function objectLoss(g: GraphBuilder, raw: RawObjects, targets: ObjectTargets, gains: LossGains): LossParts {
  const { items, constants } = branchLoss(g.within('loss'), raw, targets, gains, oneToMany);
  const [batch = 1] = raw.boxes.shape;
  const total = items.map((item) => item.value).reduce((sum, value) => add(g, sum, value));
  return { loss: mul(g, total, Number(batch)), items, constants };
}

type Branch = Pick<LossParts, 'items' | 'constants'>;

function branchLoss(
  g: GraphBuilder,
  raw: RawObjects,
  targets: ObjectTargets,
  gains: LossGains,
  limits: AssignmentLimits,
): Branch {
  const sides = sideDistances(g, raw);
  const geometry = alignedBoxes(g, raw.anchors, sides.distances, targets);
  const scores = identity(g, raw.scores);
  const candidates = { scores, classIds: targets.classIds, overlaps: geometry.overlaps };
  const assignment = taskAlignedAssignment(g, candidates, limits);
  const compared = geometry.compare(assignment.claims);
  const distances = distanceLoss(g, sides, compared.distances, raw.anchors.strides, targets.image);
  const share = (loss: Value, gain: Operand) =>
    mul(g, div(g, reduceSum(g, loss, [0, 1, 2]), assignment.scoreSum), gain);
  return {
    items: [
      { name: 'box_loss', value: share(mul(g, compared.misfit, assignment.weights), gains.box) },
      { name: 'cls_loss', value: share(logitCrossEntropy(g, raw.scores, assignment.scores), gains.cls) },
      { name: 'dfl_loss', value: share(mul(g, distances, assignment.weights), gains.dfl) },
    ],
    constants: [scores, ...sides.constants, ...geometry.constants, ...compared.constants],
  };
}
