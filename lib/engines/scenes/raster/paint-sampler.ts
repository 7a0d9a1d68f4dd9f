import { type Affine, inverse } from '@/lib/engines/scenes/raster/affine';
import type { Colour } from '@/lib/engines/scenes/raster/colour';
import type { Paint } from '@/lib/engines/scenes/raster/shape';

/** A paint as the picture needs it: how far from `from` to `to` it is at each pixel. */
export type PaintSampler = {
  readonly from: Colour;
  readonly to: Colour;
  readonly fades: boolean;
  /** Writes the shares (0–1) at the centres of `count` pixels of a row; null for one colour everywhere. */
  readonly readShares: ((y: number, left: number, count: number, shares: Float32Array) => void) | null;
};

/** Follows a paint to where its shape was moved. `tone` is what light and air make of a colour. */
export function paintSampler(paint: Paint, to: Affine, tone: (colour: Colour) => Colour): PaintSampler {
  switch (paint.kind) {
    case 'solid': {
      const colour = tone(paint.colour);
      return { from: colour, to: colour, fades: false, readShares: null };
    }
    case 'linear':
      return { from: tone(paint.from), to: tone(paint.to), fades: false, readShares: linearShares(paint.axis, to) };
    case 'radial':
      return {
        from: tone(paint.from),
        to: tone(paint.to),
        fades: paint.fades,
        readShares: radialShares(paint.circle, to),
      };
  }
}

function linearShares([x1, y1, x2, y2]: readonly [number, number, number, number], to: Affine) {
  const back = inverse(to);
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const dx = (x2 - x1) / length;
  const dy = (y2 - y1) / length;
  const perX = back.a * dx + back.b * dy;
  const perY = back.c * dx + back.d * dy;
  const start = (back.e - x1) * dx + (back.f - y1) * dy + 0.5 * (perX + perY);
  return (y: number, left: number, count: number, shares: Float32Array) => {
    const atRow = start + perY * y + perX * left;
    for (let k = 0; k < count; k++) shares[k] = Math.min(Math.max(atRow + perX * k, 0), 1);
  };
}

function radialShares([cx, cy, radius]: readonly [number, number, number], to: Affine) {
  const { a, b, c, d, e, f } = inverse(to);
  return (y: number, left: number, count: number, shares: Float32Array) => {
    const rowX = c * (y + 0.5) + e - cx;
    const rowY = d * (y + 0.5) + f - cy;
    for (let k = 0; k < count; k++) {
      const dx = a * (left + k + 0.5) + rowX;
      const dy = b * (left + k + 0.5) + rowY;
      shares[k] = Math.min(Math.sqrt(dx * dx + dy * dy) / radius, 1);
    }
  };
}
