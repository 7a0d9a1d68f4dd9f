import { keypointSigmas } from '@/lib/engines/training/evaluation/keypoint-similarity';
import { masksPerImage } from '@/lib/engines/training/losses/mask-loss';
import type { LossCase } from '@/lib/engines/training/losses/test-support/loss-case';
import type { OracleAssignment } from '@/lib/engines/training/losses/test-support/oracle-assignment';
import { decodedOriented, orientedBox } from '@/lib/engines/training/losses/test-support/oracle-boxes';

/** Mean over the picked anchors of the cross-entropy of their masks, without a gain. */
export function masksMean(lossCase: LossCase, assignment: OracleAssignment): number {
  const { anchors, image, objects } = lossCase;
  const limit = masksPerImage(objects.length, (image.width / 4) * (image.height / 4), anchors.length);
  const losses = [...objects.keys()].flatMap((index) => {
    const rank = (a: number) => assignment.ranks[index * anchors.length + a];
    const picked = [...anchors.keys()].filter((a) => rank(a) > 0).sort((one, other) => rank(other) - rank(one));
    return picked
      .slice(0, limit)
      .map((a) => maskMean(lossCase, index, a, assignment.owners[index * anchors.length + a]));
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / Math.max(1, losses.length);
}

/** Cross-entropy over the cells of the object's box, divided by the box's area in cells. */
function maskMean(lossCase: LossCase, index: number, a: number, owner: number): number {
  const { anchors, image, maskCount, masks, objects, raw } = lossCase;
  const [width, height] = [image.width / 4, image.height / 4];
  const [x1, y1, x2, y2] = objects[index][owner].box.map((number) => number / 4);
  let sum = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (column < x1 || column >= x2 || row < y1 || row >= y2) continue;
      const cell = row * width + column;
      let logit = 0;
      for (let k = 0; k < maskCount; k++) {
        const coefficient = raw.extras[(index * maskCount + k) * anchors.length + a];
        logit += coefficient * raw.prototypes[(index * maskCount + k) * width * height + cell];
      }
      const isObject = masks !== null && masks[index * width * height + cell] === owner + 1;
      const score = 1 / (1 + Math.exp(-logit));
      sum -= Math.log(isObject ? score : 1 - score);
    }
  }
  return sum / ((x2 - x1) * (y2 - y1));
}

/** Means over all points of all assigned anchors, without gains. */
export function keypointMeans(lossCase: LossCase, { owners }: OracleAssignment) {
  const { anchors, keypoints, objects } = lossCase;
  if (keypoints === null) throw new Error('A case of poses has keypoints');
  let position = 0;
  let visibility = 0;
  let points = 0;
  for (const [index, owner] of owners.entries()) {
    if (owner < 0) continue;
    const [image, a] = [Math.floor(index / anchors.length), index % anchors.length];
    const labelled = objects[image][owner].keypoints ?? [];
    const found = Array.from({ length: keypoints.count }, (_, k) => pointLoss(lossCase, image, a, owner, k));
    const visible = found.filter((_, k) => labelled[3 * k + 2] > 0);
    position += (visible.reduce((sum, point) => sum + point.position, 0) * keypoints.count) / (visible.length + 1e-9);
    visibility += found.reduce((sum, point) => sum + point.visibility, 0);
    points += keypoints.count;
  }
  const count = Math.max(1, points);
  return { position: position / count, visibility: visibility / count };
}

function pointLoss({ anchors, keypoints, objects, raw }: LossCase, image: number, a: number, owner: number, k: number) {
  const { count, dims } = keypoints ?? { count: 0, dims: 2 };
  const { x, y, stride } = anchors[a];
  const { box, keypoints: points = [] } = objects[image][owner];
  const answer = (which: number) => raw.extras[((image * count + k) * dims + which) * anchors.length + a];
  const dx = answer(0) * 2 + x - 0.5 - points[3 * k] / stride;
  const dy = answer(1) * 2 + y - 0.5 - points[3 * k + 1] / stride;
  const area = ((box[2] - box[0]) * (box[3] - box[1])) / stride ** 2;
  const sigma = keypointSigmas({ count, dims })[k];
  const score = dims === 3 ? 1 / (1 + Math.exp(-answer(2))) : 1;
  return {
    position: 1 - Math.exp(-(dx ** 2 + dy ** 2) / ((2 * sigma) ** 2 * (area + 1e-9) * 2)),
    visibility: dims === 2 ? 0 : -Math.log(points[3 * k + 2] > 0 ? score : 1 - score),
  };
}

/** Weighted sum over assigned anchors of how far the angle is off. */
export function turnsSum({ anchors, objects, ...rest }: LossCase, { owners, targets }: OracleAssignment): number {
  let sum = 0;
  for (const [index, owner] of owners.entries()) {
    if (owner < 0) continue;
    const [image, a] = [Math.floor(index / anchors.length), index % anchors.length];
    const { width, height, angle } = orientedBox(objects[image][owner].box, anchors[a].stride);
    const difference = decodedOriented({ anchors, objects, ...rest }, image, a).angle - angle;
    const wrapped = difference - Math.round(difference / Math.PI) * Math.PI;
    const importance = Math.exp(-(Math.log((width + 1e-9) / (height + 1e-9)) ** 2) / 9);
    sum += importance * Math.sin(2 * wrapped) ** 2 * targets[index];
  }
  return sum;
}
