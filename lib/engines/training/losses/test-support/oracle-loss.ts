import { probiou } from '@/lib/engines/geometry/oriented-box';
import type { OrientedBox } from '@/lib/engines/geometry/shape';
import type { LossGains } from '@/lib/engines/training/losses/loss-parts';
import type { LossCase } from '@/lib/engines/training/losses/test-support/loss-case';
import type { OracleAssignment } from '@/lib/engines/training/losses/test-support/oracle-assignment';
import {
  decodedCorners,
  decodedOriented,
  oracleCompleteIou,
  orientedBox,
  rotated,
  sideLogits,
} from '@/lib/engines/training/losses/test-support/oracle-boxes';
import { keypointMeans, masksMean, turnsSum } from '@/lib/engines/training/losses/test-support/oracle-task-losses';

/** The field's default gains. */
export const fieldGains: LossGains = { box: 7.5, cls: 0.5, dfl: 1.5, pose: 12, kobj: 1 };

/** What gradients do not go through, taken at one point. */
export type Held = { readonly assignment: OracleAssignment; readonly tradeOffs: readonly number[] };

export function heldOf(lossCase: LossCase, assignment: OracleAssignment): Held {
  const { owners } = assignment;
  const tradeOffs = Array.from(owners, (owner, index) =>
    owner < 0 || lossCase.task === 'obb' ? 0 : compared(lossCase, owner, index).tradeOff,
  );
  return { assignment, tradeOffs };
}

/** Every part of the loss by its name, with its gain, in plain loops. */
export function oracleItems(lossCase: LossCase, held: Held): Readonly<Record<string, number>> {
  const { targets } = held.assignment;
  const scoreSum = Math.max(
    1,
    targets.reduce((sum, target) => sum + target, 0),
  );
  return {
    box_loss: (fieldGains.box * boxSum(lossCase, held)) / scoreSum,
    ...(lossCase.task === 'segment' ? { seg_loss: fieldGains.box * masksMean(lossCase, held.assignment) } : {}),
    ...(lossCase.task === 'pose' ? poseItems(lossCase, held.assignment) : {}),
    cls_loss: (fieldGains.cls * scoresSum(lossCase, held)) / scoreSum,
    dfl_loss: (fieldGains.dfl * distancesSum(lossCase, held)) / scoreSum,
    ...(lossCase.task === 'obb' ? { angle_loss: turnsSum(lossCase, held.assignment) / scoreSum } : {}),
  };
}

function poseItems(lossCase: LossCase, assignment: OracleAssignment): Record<string, number> {
  const { position, visibility } = keypointMeans(lossCase, assignment);
  return { pose_loss: fieldGains.pose * position, kobj_loss: fieldGains.kobj * visibility };
}

function compared(lossCase: LossCase, owner: number, index: number, heldTradeOff?: number) {
  const [image, a] = [Math.floor(index / lossCase.anchors.length), index % lossCase.anchors.length];
  const target = lossCase.objects[image][owner].box.map((number) => number / lossCase.anchors[a].stride);
  return oracleCompleteIou(decodedCorners(lossCase, image, a), target, heldTradeOff);
}

function boxSum(lossCase: LossCase, { assignment: { owners, targets }, tradeOffs }: Held): number {
  let sum = 0;
  for (const [index, owner] of owners.entries()) {
    if (owner < 0) continue;
    const overlap =
      lossCase.task === 'obb'
        ? orientedFit(lossCase, owner, index)
        : compared(lossCase, owner, index, tradeOffs[index]).iou;
    sum += (1 - overlap) * targets[index];
  }
  return sum;
}

function scoresSum({ anchors, classes, objects, raw }: LossCase, { assignment: { owners, targets } }: Held): number {
  let sum = 0;
  for (const [index, logit] of raw.scores.entries()) {
    const [image, classId, a] = [
      Math.floor(index / (classes * anchors.length)),
      Math.floor(index / anchors.length) % classes,
      index % anchors.length,
    ];
    const at = image * anchors.length + a;
    const isClass = owners[at] >= 0 && objects[image][owners[at]].classId === classId;
    const target = isClass ? targets[at] : 0;
    const score = 1 / (1 + Math.exp(-logit));
    sum -= target * Math.log(score) + (1 - target) * Math.log(1 - score);
  }
  return sum;
}

function distancesSum(lossCase: LossCase, { assignment: { owners, targets } }: Held): number {
  const { anchors, objects } = lossCase;
  let sum = 0;
  for (const [index, owner] of owners.entries()) {
    if (owner < 0) continue;
    const [image, a] = [Math.floor(index / anchors.length), index % anchors.length];
    for (const [side, distance] of wantedDistances(lossCase, objects[image][owner].box, a).entries())
      sum += (sideLoss(lossCase, image, a, side, distance) * targets[index]) / 4;
  }
  return sum;
}

/** Left, top, right, bottom in cells; of oriented boxes along their own sides. */
function wantedDistances({ anchors, task }: LossCase, box: readonly number[], a: number): readonly number[] {
  const { x, y, stride } = anchors[a];
  if (task !== 'obb') {
    const [x1, y1, x2, y2] = box.map((number) => number / stride);
    return [x - x1, y - y1, x2 - x, y2 - y];
  }
  const { cx, cy, width, height, angle } = orientedBox(box, stride);
  const [along, across] = rotated(x - cx, y - cy, -angle);
  return [width / 2 + along, height / 2 + across, width / 2 - along, height / 2 - across];
}

function orientedFit(lossCase: LossCase, owner: number, index: number): number {
  const [image, a] = [Math.floor(index / lossCase.anchors.length), index % lossCase.anchors.length];
  const target = orientedBox(lossCase.objects[image][owner].box, lossCase.anchors[a].stride);
  return probiou(floored(decodedOriented(lossCase, image, a)), floored(target));
}

/** A box whose variances along its sides, side² / 12, are larger by a hundredth. */
function floored(box: OrientedBox): OrientedBox {
  return { ...box, width: Math.hypot(box.width, Math.sqrt(0.12)), height: Math.hypot(box.height, Math.sqrt(0.12)) };
}

function sideLoss(lossCase: LossCase, image: number, a: number, side: number, wanted: number): number {
  const { bins, anchors } = lossCase;
  const logits = sideLogits(lossCase, image, a, side);
  const length = side % 2 === 0 ? lossCase.image.width : lossCase.image.height;
  if (bins === 1) return (Math.abs(logits[0] - wanted) * anchors[a].stride) / length;
  const target = Math.min(Math.max(wanted, 0), bins - 1.01);
  const lower = Math.floor(target);
  const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
  return (total - logits[lower]) * (lower + 1 - target) + (total - logits[lower + 1]) * (target - lower);
}
