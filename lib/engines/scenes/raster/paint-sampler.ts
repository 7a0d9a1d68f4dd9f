import { type Affine, inverse } from '@/lib/engines/scenes/raster/affine';
import type { Colour } from '@/lib/engines/scenes/raster/colour';
import type { Paint } from '@/lib/engines/scenes/raster/shape';

/** A paint as the picture needs it: how far from `from` to `to` it is at a pixel. */
export type PaintSampler = {
  readonly from: Colour;
  readonly to: Colour;
  readonly fades: boolean;
  /** 0–1 at the centre of a pixel; null for one colour everywhere. */
  readonly shareAt: ((x: number, y: number) => number) | null;
};

/** Follows a paint to where its shape was moved. `tone` is what light and air make of a colour. */
export function paintSampler(paint: Paint, to: Affine, tone: (colour: Colour) => Colour): PaintSampler {
  if (paint.kind === 'solid') {
    const colour = tone(paint.colour);
    return { from: colour, to: colour, fades: false, shareAt: null };
  }
  const back = inverse(to);
  const colours = { from: tone(paint.from), to: tone(paint.to) };
  if (paint.kind === 'radial') {
    const [cx, cy, radius] = paint.circle;
    const { a, b, c, d, e, f } = back;
    const shareAt = (x: number, y: number) => {
      const px = x + 0.5;
      const py = y + 0.5;
      return limited(Math.hypot(a * px + c * py + e - cx, b * px + d * py + f - cy) / radius);
    };
    return { ...colours, fades: paint.fades, shareAt };
  }
  const [x1, y1, x2, y2] = paint.axis;
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const dx = (x2 - x1) / length;
  const dy = (y2 - y1) / length;
  const perX = back.a * dx + back.b * dy;
  const perY = back.c * dx + back.d * dy;
  const start = (back.e - x1) * dx + (back.f - y1) * dy + 0.5 * (perX + perY);
  return { ...colours, fades: false, shareAt: (x, y) => limited(start + perX * x + perY * y) };
}

function limited(share: number): number {
  return Math.min(Math.max(share, 0), 1);
}
