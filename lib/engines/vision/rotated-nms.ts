import { covariance, probiouOfGaussians } from '@/lib/engines/geometry/oriented-box';
import type { OrientedBox } from '@/lib/engines/geometry/shape';
import type { SuppressionRule } from '@/lib/engines/vision/nms';

/** Pixels between the boxes of one class and the next, as for axis-aligned boxes. */
const classOffset = 7680;

/** Below this area (in variances) `probiou`'s epsilon decides, and the bound that saves logarithms does not hold. */
const leastDeterminant = 1e-3;

/**
 * “Fast” suppression of oriented boxes: a box goes when its `probiou` with any better-scoring box of its class reaches
 * `iou`, whether that box was itself suppressed or not. (Greedy suppression would spare a box whose only rival is gone.)
 *
 * @param boxes Best first, pixels of the network input.
 * @returns Positions of the kept boxes, at most `maxDetections`, in order.
 */
export function suppressRotatedOverlaps(
  boxes: readonly OrientedBox[],
  classIds: Int32Array,
  rule: SuppressionRule,
): Int32Array {
  const gaussians = boxes.map(covariance);
  const centres = boxes.map(({ cx, cy }, i) => {
    const offset = rule.agnostic ? 0 : classIds[i] * classOffset;
    return { cx: Math.fround(cx + offset), cy: Math.fround(cy + offset) };
  });
  const reaches = gaussians.map(({ a, b, c }) => (a * b - c * c > leastDeterminant ? a + b : Number.POSITIVE_INFINITY));
  const farApart = squaredDistanceOutOfReach(rule.iou);
  const isSuppressed = (i: number): boolean => {
    for (let better = 0; better < i; better++) {
      const dx = centres[i].cx - centres[better].cx;
      const dy = centres[i].cy - centres[better].cy;
      if (dx * dx + dy * dy > farApart * (reaches[i] + reaches[better])) continue;
      if (probiouOfGaussians(centres[better], gaussians[better], centres[i], gaussians[i]) >= rule.iou) return true;
    }
    return false;
  };

  const kept: number[] = [];
  for (let i = 0; i < boxes.length && kept.length < rule.maxDetections; i++) {
    if (!isSuppressed(i)) kept.push(i);
  }
  return Int32Array.from(kept);
}

/**
 * Squared distance of two centres, per unit of summed variance, beyond which `probiou` cannot reach `iou`, so that its
 * logarithm need not be taken. The Bhattacharyya distance is at least a quarter of the squared Mahalanobis distance, which
 * is at least the squared distance over the trace of the summed covariances; a thousandth is left for rounding.
 */
function squaredDistanceOutOfReach(iou: number): number {
  if (iou <= 0) return Number.POSITIVE_INFINITY;
  const hellinger = Math.max(0, 1 - iou);
  const bhattacharyya = -Math.log(Math.max(1 - hellinger ** 2, Number.MIN_VALUE));
  return 4 * bhattacharyya * 1.001 + 1e-3;
}
