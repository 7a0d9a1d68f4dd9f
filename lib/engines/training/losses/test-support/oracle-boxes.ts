import { probiou } from '@/lib/engines/geometry/oriented-box';
import type { OrientedBox } from '@/lib/engines/geometry/shape';
import type { LossCase } from '@/lib/engines/training/losses/test-support/loss-case';

const epsilon = 1e-7;

/** x y w h and radians of a prediction, in cells. */
export function decodedOriented(lossCase: LossCase, image: number, anchor: number): OrientedBox {
  const { x, y } = lossCase.anchors[anchor];
  const [left, top, right, bottom] = [0, 1, 2, 3].map((side) => decodedDistance(lossCase, image, anchor, side));
  const angle = (1 / (1 + Math.exp(-lossCase.raw.extras[image * lossCase.anchors.length + anchor])) - 0.25) * Math.PI;
  const [dx, dy] = rotated((right - left) / 2, (bottom - top) / 2, angle);
  return { cx: x + dx, cy: y + dy, width: left + right, height: top + bottom, angle };
}

/** A label's numbers as a box, its lengths divided by the stride. */
export function orientedBox([cx, cy, width, height, angle]: readonly number[], stride = 1): OrientedBox {
  return { cx: cx / stride, cy: cy / stride, width: width / stride, height: height / stride, angle };
}

export function rotated(x: number, y: number, angle: number): readonly [number, number] {
  return [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)];
}

/** How long a side counts when anchors are looked for: at least twice the finest stride if it is shorter than one. */
function reach({ anchors }: LossCase, side: number): number {
  const finest = Math.min(...anchors.map((anchor) => anchor.stride));
  return side < finest ? 2 * finest : side;
}

function orientedOverlap(lossCase: LossCase, image: number, anchor: number, box: readonly number[]): number {
  const { x, y, stride } = lossCase.anchors[anchor];
  const object = orientedBox(box);
  const [along, across] = rotated(x * stride - object.cx, y * stride - object.cy, -object.angle);
  const [reachAlong, reachAcross] = [reach(lossCase, object.width), reach(lossCase, object.height)];
  const isInside = Math.abs(along) <= reachAlong / 2 && Math.abs(across) <= reachAcross / 2;
  if (!isInside || Math.min(object.width, object.height) < 2) return 0;
  const { cx, cy, width, height, angle } = decodedOriented(lossCase, image, anchor);
  const predicted = orientedBox([cx, cy, width, height].map((length) => length * stride));
  return Math.max(0, probiou(object, { ...predicted, angle }));
}

/** The overlap of one anchor's prediction with one object as the assignment sees it: 0 where the anchor is not inside. */
export function oracleOverlap(lossCase: LossCase, image: number, anchor: number, box: readonly number[]): number {
  if (lossCase.task === 'obb') return orientedOverlap(lossCase, image, anchor, box);
  const { x, y, stride } = lossCase.anchors[anchor];
  const [x1, y1, x2, y2] = box;
  const [moreX, moreY] = [(reach(lossCase, x2 - x1) - (x2 - x1)) / 2, (reach(lossCase, y2 - y1) - (y2 - y1)) / 2];
  const isBeside = x * stride > x1 - moreX && x * stride < x2 + moreX;
  const isInside = isBeside && y * stride > y1 - moreY && y * stride < y2 + moreY;
  if (!isInside) return 0;
  const predicted = decodedCorners(lossCase, image, anchor).map((number) => number * stride);
  return Math.max(0, oracleCompleteIou(box, predicted).iou);
}

/** x1, y1, x2, y2 in cells. */
export function decodedCorners(lossCase: LossCase, image: number, anchor: number): readonly number[] {
  const { x, y } = lossCase.anchors[anchor];
  const [left, top, right, bottom] = [0, 1, 2, 3].map((side) => decodedDistance(lossCase, image, anchor, side));
  return [x - left, y - top, x + right, y + bottom];
}

/** The expected distance of a side in cells. */
function decodedDistance(lossCase: LossCase, image: number, anchor: number, side: number): number {
  const logits = sideLogits(lossCase, image, anchor, side);
  if (lossCase.bins === 1) return logits[0];
  const powers = logits.map(Math.exp);
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.reduce((sum, power, bin) => sum + (power / total) * bin, 0);
}

export function sideLogits({ anchors, bins, raw }: LossCase, image: number, anchor: number, side: number) {
  return Array.from(
    { length: bins },
    (_, bin) => raw.boxes[(image * 4 * bins + side * bins + bin) * anchors.length + anchor],
  );
}

/** Complete IoU; a trade-off that is handed in is taken as it is. */
export function oracleCompleteIou(one: readonly number[], other: readonly number[], heldTradeOff?: number) {
  const [w1, h1, w2, h2] = [
    one[2] - one[0],
    one[3] - one[1] + epsilon,
    other[2] - other[0],
    other[3] - other[1] + epsilon,
  ];
  const common =
    Math.max(0, Math.min(one[2], other[2]) - Math.max(one[0], other[0])) *
    Math.max(0, Math.min(one[3], other[3]) - Math.max(one[1], other[1]));
  const iou = common / (w1 * h1 + w2 * h2 - common + epsilon);
  const across = Math.max(one[2], other[2]) - Math.min(one[0], other[0]);
  const down = Math.max(one[3], other[3]) - Math.min(one[1], other[1]);
  const centres = Math.hypot(one[0] + one[2] - other[0] - other[2], one[1] + one[3] - other[1] - other[3]) / 2;
  const disparity = (4 / Math.PI ** 2) * (Math.atan(w2 / h2) - Math.atan(w1 / h1)) ** 2;
  const tradeOff = heldTradeOff ?? disparity / (disparity - iou + 1 + epsilon);
  return { iou: iou - centres ** 2 / (across ** 2 + down ** 2 + epsilon) - disparity * tradeOff, tradeOff };
}
