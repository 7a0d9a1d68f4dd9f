import { type Affine, composed, scaling } from '@/lib/engines/training/augment/affine';
import type { Augmentation } from '@/lib/engines/training/augment/augmentation';
import type { SeededRandom } from '@/lib/engines/training/augment/seeded-random';

/** Whether an image is mirrored. */
export type Mirroring = { readonly horizontal: boolean; readonly vertical: boolean };

/** How a canvas is seen in the square image that is trained on. */
export type View = {
  /** From the canvas to the image. */
  readonly map: Affine;
  /** The size of things in it, 1 for as large as on the canvas. */
  readonly scale: number;
};

/**
 * The canvas turned, scaled and slanted about its middle and put near the middle of the image (the package's
 * `RandomPerspective` without perspective).
 */
export function randomView(
  random: SeededRandom,
  { degrees, scale: scaleRange, shear, translate }: Augmentation,
  canvasSide: number,
  imgsz: number,
): View {
  const angle = radians(random.uniform(-degrees, degrees));
  const scale = random.uniform(1 - scaleRange, 1 + scaleRange);
  const slantX = Math.tan(radians(random.uniform(-shear, shear)));
  const slantY = Math.tan(radians(random.uniform(-shear, shear)));
  const shiftX = random.uniform(0.5 - translate, 0.5 + translate) * imgsz;
  const shiftY = random.uniform(0.5 - translate, 0.5 + translate) * imgsz;
  const cos = scale * Math.cos(angle);
  const sin = scale * Math.sin(angle);
  const map = composed(
    scaling(1, 1, shiftX, shiftY),
    { a: 1, b: slantX, c: 0, d: slantY, e: 1, f: 0 },
    { a: cos, b: sin, c: 0, d: -sin, e: cos, f: 0 },
    scaling(1, 1, -canvasSide / 2, -canvasSide / 2),
  );
  return { map, scale };
}

/** Which mirrorings happen to one image. */
export function randomMirroring(random: SeededRandom, { flipud, fliplr }: Augmentation): Mirroring {
  return { vertical: random.chance(flipud), horizontal: random.chance(fliplr) };
}

/** A view whose image is mirrored afterwards. */
export function mirrored({ map, scale }: View, { horizontal, vertical }: Mirroring, imgsz: number): View {
  const mirror = scaling(horizontal ? -1 : 1, vertical ? -1 : 1, horizontal ? imgsz : 0, vertical ? imgsz : 0);
  return { map: composed(mirror, map), scale };
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
