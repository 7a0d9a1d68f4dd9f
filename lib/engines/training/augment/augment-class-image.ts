import type { Box, Size } from '@/lib/engines/geometry/shape';
import { composed, scaling } from '@/lib/engines/training/augment/affine';
import type { Augmentation } from '@/lib/engines/training/augment/augmentation';
import { mirrored, randomMirroring } from '@/lib/engines/training/augment/random-view';
import type { SeededRandom } from '@/lib/engines/training/augment/seeded-random';
import { randomColourShift, shiftHsv } from '@/lib/engines/training/augment/shift-hsv';
import type { SourceImage } from '@/lib/engines/training/augment/source-image';
import { type Planes, warpTile } from '@/lib/engines/training/augment/warp-tile';

/** Proportions that a cut may have, width to height (C. Szegedy et al., “Going deeper with convolutions”, arXiv:1409.4842). */
const narrowest = 3 / 4;
const widest = 4 / 3;

/** Cuts that are tried before the middle of the image is taken. */
const attempts = 10;

/** Makes one training image of a classifier: a random cut of the image, mirrored, its colours changed. Fills `planes`. */
export function augmentClassImage(
  image: SourceImage,
  augmentation: Augmentation,
  random: SeededRandom,
  planes: Planes,
): void {
  const cut = randomCut(image, 1 - augmentation.scale, random);
  const scaleX = planes.side / (cut.x2 - cut.x1);
  const scaleY = planes.side / (cut.y2 - cut.y1);
  const map = composed(scaling(scaleX, scaleY), scaling(1, 1, -cut.x1, -cut.y1));
  const view = mirrored({ map, scale: 1 }, randomMirroring(random, augmentation), planes.side);
  warpTile(image, cut, view.map, planes);
  shiftHsv(planes, randomColourShift(random, augmentation));
}

/**
 * A part of the image with a random share of its area, in random proportions, and the middle of the image where none fits
 * (torchvision's `RandomResizedCrop`).
 */
function randomCut({ width, height }: Size, smallestShare: number, random: SeededRandom): Box {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const area = width * height * random.uniform(smallestShare, 1);
    const proportion = Math.exp(random.uniform(Math.log(narrowest), Math.log(widest)));
    const cutWidth = Math.sqrt(area * proportion);
    const cutHeight = Math.sqrt(area / proportion);
    if (cutWidth > width || cutHeight > height) continue;
    const x1 = random.uniform(0, width - cutWidth);
    const y1 = random.uniform(0, height - cutHeight);
    return { x1, y1, x2: x1 + cutWidth, y2: y1 + cutHeight };
  }
  return middleCut(width, height);
}

/** As much of the image as the proportions allow. */
function middleCut(width: number, height: number): Box {
  const cutWidth = Math.min(width, height * widest);
  const cutHeight = Math.min(height, width / narrowest);
  const x1 = (width - cutWidth) / 2;
  const y1 = (height - cutHeight) / 2;
  return { x1, y1, x2: x1 + cutWidth, y2: y1 + cutHeight };
}
