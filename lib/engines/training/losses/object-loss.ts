import { present } from '@/lib/core/assert';
import { scalar } from '@/lib/engines/graph/constants';
import { add, div, mul, type Operand } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceSum } from '@/lib/engines/graph/reduce';
import { identity } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import { alignedBoxes } from '@/lib/engines/training/losses/aligned-boxes';
import type { BoxGeometry } from '@/lib/engines/training/losses/box-geometry';
import { distanceLoss } from '@/lib/engines/training/losses/distance-loss';
import { keypointLosses } from '@/lib/engines/training/losses/keypoint-loss';
import { logitCrossEntropy } from '@/lib/engines/training/losses/logit-cross-entropy';
import type { LossGains, LossParts } from '@/lib/engines/training/losses/loss-parts';
import { maskLoss } from '@/lib/engines/training/losses/mask-loss';
import type { ObjectTargets } from '@/lib/engines/training/losses/object-targets';
import { orientedBoxes } from '@/lib/engines/training/losses/oriented-boxes';
import { type SideDistances, sideDistances } from '@/lib/engines/training/losses/side-distances';
import {
  type Assignment,
  type AssignmentLimits,
  taskAlignedAssignment,
} from '@/lib/engines/training/losses/task-aligned-assignment';
import type { RawObjects } from '@/lib/engines/training/network/raw-outputs';

/** How a head with two branches is trained: what each is assigned, and how much its loss counts. */
type BranchRule = { readonly limits: AssignmentLimits; readonly weight: Operand };

export type ObjectLossOptions = {
  /**
   * How much the branch of many anchors for an object counts beside that of one, in heads that have both; a value of the
   * graph to change it while training. By default both count 1, or where distances are said directly (YOLO26) 0.8 and 0.2.
   */
  readonly branchWeights?: { readonly oneToMany: Operand; readonly oneToOne: Operand };
};

/** Anchors that learn an object where many may; the field's default. */
const oneToMany: AssignmentLimits = { candidates: 10 };

type Items = LossParts['items'];
type Branch = Pick<LossParts, 'items' | 'constants'>;

/**
 * The loss of a network of objects, as YOLOv8 defines it for its tasks. A batch without any object has the loss of its scores
 * alone. Items are in the field's order: `box_loss`, then `seg_loss` of segments or `pose_loss` and `kobj_loss` of poses, then
 * `cls_loss` and `dfl_loss`, then `angle_loss` of oriented boxes.
 */
export function objectLoss(
  g: GraphBuilder,
  raw: RawObjects & { readonly oneToOne?: RawObjects | null },
  targets: ObjectTargets,
  gains: LossGains,
  options: ObjectLossOptions = {},
): LossParts {
  const scoped = g.within('loss');
  const { items, constants } = raw.oneToOne
    ? twoBranches(scoped, raw, raw.oneToOne, targets, gains, options)
    : branchLoss(scoped, raw, targets, gains, oneToMany);
  const total = items.map((item) => item.value).reduce((sum, value) => add(scoped, sum, value));
  return { loss: mul(scoped, total, Number(raw.boxes.shape[0])), items, constants };
}

/** Both branches learn the same labels; each item is the weighted sum of both. */
function twoBranches(
  g: GraphBuilder,
  many: RawObjects,
  one: RawObjects,
  targets: ObjectTargets,
  gains: LossGains,
  { branchWeights }: ObjectLossOptions,
): Branch {
  const rules = branchRules(one, branchWeights);
  const first = branchLoss(g.within('one2many'), many, targets, gains, rules.many.limits);
  const second = branchLoss(g.within('one2one'), one, targets, gains, rules.one.limits);
  const items = first.items.map(({ name, value }, index) => ({
    name,
    value: add(g, mul(g, value, rules.many.weight), mul(g, present(second.items[index], name).value, rules.one.weight)),
  }));
  return { items, constants: [...first.constants, ...second.constants] };
}

/**
 * YOLOv10 gives an object its one best anchor (A. Wang et al., arXiv:2405.14458); YOLO26 lets seven claim it, so that objects
 * which want the same anchor find another, and keeps the best.
 */
function branchRules(
  one: RawObjects,
  weights: ObjectLossOptions['branchWeights'],
): { readonly many: BranchRule; readonly one: BranchRule } {
  const isDirect = one.bins === 1;
  const [many, single] = isDirect ? [0.8, 0.2] : [1, 1];
  return {
    many: { limits: oneToMany, weight: weights?.oneToMany ?? many },
    one: { limits: isDirect ? { candidates: 7, kept: 1 } : { candidates: 1 }, weight: weights?.oneToOne ?? single },
  };
}

function branchLoss(
  g: GraphBuilder,
  raw: RawObjects,
  targets: ObjectTargets,
  gains: LossGains,
  limits: AssignmentLimits,
): Branch {
  const sides = sideDistances(g, raw);
  const geometry = geometryOf(g, raw, sides, targets);
  const scores = identity(g, raw.scores);
  const candidates = { scores, classIds: targets.classIds, overlaps: geometry.overlaps };
  const assignment = taskAlignedAssignment(g, candidates, limits);
  const compared = geometry.compare(assignment.claims);
  const distances = distanceLoss(g, sides, compared.distances, raw.anchors.strides, targets.image);
  const share = (losses: Value, gain: number) =>
    mul(g, div(g, reduceSum(g, losses, [0, 1, 2]), assignment.scoreSum), gain);
  const weighted = (losses: Value, gain: number) => share(mul(g, losses, assignment.weights), gain);
  const classes = share(logitCrossEntropy(g, raw.scores, assignment.scores), gains.cls);
  return {
    items: [
      { name: 'box_loss', value: weighted(compared.misfit, gains.box) },
      ...taskItems(g, raw, targets, gains, { assignment, boxes: compared.boxes }),
      { name: 'cls_loss', value: classes },
      { name: 'dfl_loss', value: weighted(distances, gains.dfl) },
      ...(compared.turn === null ? [] : [{ name: 'angle_loss', value: weighted(compared.turn, gains.angle ?? 1) }]),
    ],
    constants: [scores, ...sides.constants, ...geometry.constants, ...compared.constants],
  };
}

function geometryOf(
  g: GraphBuilder,
  raw: RawObjects,
  { distances }: SideDistances,
  targets: ObjectTargets,
): BoxGeometry {
  if (raw.task !== 'obb') return alignedBoxes(g, raw.anchors, distances, targets);
  return orientedBoxes(g, raw.anchors, distances, present(raw.extras, 'angle of oriented boxes'), targets);
}

type Assigned = { readonly assignment: Assignment; readonly boxes: Value };

/** What segments and poses add. */
function taskItems(
  g: GraphBuilder,
  { task, extras, prototypes, anchors }: RawObjects,
  targets: ObjectTargets,
  gains: LossGains,
  { assignment, boxes }: Assigned,
): Items {
  if (task === 'segment') {
    const loss = maskLoss(g, {
      coefficients: present(extras, 'mask coefficients'),
      prototypes: present(prototypes, 'prototypes'),
      labels: present(targets.masks, 'labelled masks'),
      assignment,
      boxes,
      image: targets.image,
    });
    return [{ name: 'seg_loss', value: mul(g, loss, gains.box) }];
  }
  if (task !== 'pose') return [];
  const { position, visibility } = keypointLosses(g, {
    raw: present(extras, 'keypoints'),
    anchors,
    keypoints: present(targets.keypoints, 'labelled keypoints'),
    claims: assignment.claims,
    boxes,
  });
  const pose = { name: 'pose_loss', value: mul(g, position, gains.pose) };
  // The field has the column of visibility for all poses; it is 0 where the network does not say it.
  return [
    pose,
    { name: 'kobj_loss', value: visibility === null ? scalar(g, 'float32', 0) : mul(g, visibility, gains.kobj) },
  ];
}
