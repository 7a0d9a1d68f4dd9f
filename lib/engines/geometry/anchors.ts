import { assert } from '@/lib/core/assert';
import type { Box, ImagePoint, OrientedBox, Size } from '@/lib/engines/geometry/shape';

/** Anchor points of all feature maps, level after level, rows first: the middle of every cell in units of its stride. */
export type Anchors = {
  /** Flat x, y pairs. */
  readonly points: Float32Array;
  /** Pixels of the input per cell, one per anchor. */
  readonly strides: Float32Array;
};

/** Distances from an anchor point to the sides of its box, in cells. */
export type SideDistances = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** The anchors of a YOLO head without anchor boxes (v8 and later), for feature maps of these sizes. */
export function makeAnchors(maps: readonly { readonly size: Size; readonly stride: number }[]): Anchors {
  const count = maps.reduce((sum, { size }) => sum + size.width * size.height, 0);
  const points = new Float32Array(2 * count);
  const strides = new Float32Array(count);
  let anchor = 0;
  for (const { size, stride } of maps) {
    for (let row = 0; row < size.height; row++) {
      for (let column = 0; column < size.width; column++, anchor++) {
        points[2 * anchor] = column + 0.5;
        points[2 * anchor + 1] = row + 0.5;
        strides[anchor] = stride;
      }
    }
  }
  return { points, strides };
}

/** The box whose sides lie at these distances from an anchor point, in the units of both (ltrb decoding of FCOS, arXiv:1904.01355). */
export function distancesToBox({ x, y }: ImagePoint, { left, top, right, bottom }: SideDistances): Box {
  return { x1: x - left, y1: y - top, x2: x + right, y2: y + bottom };
}

/** As `distancesToBox`, with the distances measured along axes turned by `angle` (radians). */
export function distancesToOrientedBox({ x, y }: ImagePoint, sides: SideDistances, angle: number): OrientedBox {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const along = (sides.right - sides.left) / 2;
  const across = (sides.bottom - sides.top) / 2;
  return {
    cx: x + along * cos - across * sin,
    cy: y + along * sin + across * cos,
    width: sides.left + sides.right,
    height: sides.top + sides.bottom,
    angle,
  };
}

/** Mean of a discrete distribution given by logits over 0, 1, … n − 1 (Distribution Focal Loss, arXiv:2006.04388). */
export function expectedDistance(logits: ArrayLike<number>): number {
  assert(logits.length > 0, 'a distribution has bins');
  let largest = Number.NEGATIVE_INFINITY;
  for (let bin = 0; bin < logits.length; bin++) largest = Math.max(largest, logits[bin]);
  let total = 0;
  let weighted = 0;
  for (let bin = 0; bin < logits.length; bin++) {
    const weight = Math.exp(logits[bin] - largest);
    total += weight;
    weighted += weight * bin;
  }
  return weighted / total;
}
