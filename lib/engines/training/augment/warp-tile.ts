import type { Box } from '@/lib/engines/geometry/shape';
import { type Affine, inverted } from '@/lib/engines/training/augment/affine';
import type { SourceImage } from '@/lib/engines/training/augment/source-image';

/** Positions in a source image have 16 fraction bits, weights the upper 8 of them. */
const positionOne = 65_536;
const levelScale = 1 / (255 * 65_536);

/** Pixels whose centres lie on a seam belong to both neighbours rather than to none. */
const seam = 1e-6;

/** Square planes of an image, red, green and blue one behind the other, 0–1. */
export type Planes = { readonly data: Float32Array; readonly side: number };

/**
 * Draws the part of an image that lies within `visible` into the planes, bilinearly; pixels elsewhere stay as they are.
 *
 * @param toPlanes From pixels of the image, counted from its upper left corner, to pixels of the planes.
 * @param visible In pixels of the image.
 */
export function warpTile(image: SourceImage, visible: Box, toPlanes: Affine, planes: Planes): void {
  const back = inverted(toPlanes);
  const { side } = planes;
  for (let y = 0; y < side; y++) {
    // Centres of pixels lie half a pixel from their corners.
    const u = back.b * (y + 0.5) + back.c + back.a / 2;
    const v = back.e * (y + 0.5) + back.f + back.d / 2;
    const across = steps(u, back.a, visible.x1, visible.x2);
    const down = steps(v, back.d, visible.y1, visible.y2);
    const first = Math.max(0, Math.ceil(Math.max(across.from, down.from)));
    const last = Math.min(side - 1, Math.floor(Math.min(across.to, down.to)));
    if (first > last) continue;
    sampleRow(image, planes, {
      at: y * side + first,
      count: last - first + 1,
      u: u + first * back.a - 0.5,
      v: v + first * back.d - 0.5,
      du: back.a,
      dv: back.d,
    });
  }
}

type Interval = { readonly from: number; readonly to: number };

/** The steps k with low ≤ start + k · step ≤ high. */
function steps(start: number, step: number, low: number, high: number): Interval {
  if (Math.abs(step) < 1e-12) {
    const isWithin = start >= low - seam && start <= high + seam;
    return isWithin
      ? { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
      : { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
  }
  const one = (low - start) / step;
  const other = (high - start) / step;
  return { from: Math.min(one, other) - seam, to: Math.max(one, other) + seam };
}

/** A run of pixels in a row of the planes, and the line in the source that they are taken from, in centres of its pixels. */
type Run = {
  readonly at: number;
  readonly count: number;
  readonly u: number;
  readonly v: number;
  readonly du: number;
  readonly dv: number;
};

function sampleRow({ width, height, data }: SourceImage, { data: planes, side }: Planes, run: Run): void {
  const plane = side * side;
  const lastColumn = width - 1;
  const lastRow = height - 1;
  const rowLength = 3 * width;
  const maximumU = lastColumn * positionOne;
  const maximumV = lastRow * positionOne;
  const du = Math.round(run.du * positionOne);
  const dv = Math.round(run.dv * positionOne);
  let u = Math.round(run.u * positionOne);
  let v = Math.round(run.v * positionOne);
  const end = run.at + run.count;
  for (let red = run.at; red < end; red++, u += du, v += dv) {
    const column = Math.min(Math.max(u, 0), maximumU);
    const row = Math.min(Math.max(v, 0), maximumV);
    const x = column >> 16;
    const y = row >> 16;
    const right = x < lastColumn ? 3 : 0;
    const upper = Math.imul(y, rowLength) + Math.imul(x, 3);
    const lower = y < lastRow ? upper + rowLength : upper;
    const fx = (column >> 8) & 255;
    const fy = (row >> 8) & 255;
    const lowerRight = Math.imul(fx, fy);
    const lowerLeft = (fy << 8) - lowerRight;
    const upperRight = (fx << 8) - lowerRight;
    const upperLeft = positionOne - upperRight - (fy << 8);
    planes[red] =
      (Math.imul(data[upper], upperLeft) +
        Math.imul(data[upper + right], upperRight) +
        Math.imul(data[lower], lowerLeft) +
        Math.imul(data[lower + right], lowerRight)) *
      levelScale;
    planes[red + plane] =
      (Math.imul(data[upper + 1], upperLeft) +
        Math.imul(data[upper + right + 1], upperRight) +
        Math.imul(data[lower + 1], lowerLeft) +
        Math.imul(data[lower + right + 1], lowerRight)) *
      levelScale;
    planes[red + 2 * plane] =
      (Math.imul(data[upper + 2], upperLeft) +
        Math.imul(data[upper + right + 2], upperRight) +
        Math.imul(data[lower + 2], lowerLeft) +
        Math.imul(data[lower + right + 2], lowerRight)) *
      levelScale;
  }
}
