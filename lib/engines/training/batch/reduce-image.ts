import type { Size } from '@/lib/engines/geometry/shape';
import { trainedSize } from '@/lib/engines/training/augment/composition';
import type { SourceImage } from '@/lib/engines/training/augment/source-image';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { plainBytes } from '@/lib/engines/vision/plain-bytes';
import { resizeLinear } from '@/lib/engines/vision/resize-linear';

/** A classifier's random cut has at least half of an image's area and so 0.6 of its sides: with this no cut is scaled up. */
const classifyMargin = 1.5;

/** Positions in a source image are counted in 16 bits; strips of film are longer than that. */
const longestSide = 16_384;

/**
 * An image as it is kept for training on objects: no larger than it is trained at. A smaller one stays as it is and is scaled
 * up when it is drawn.
 */
export function reducedForObjects(image: PixelImage, imgsz: number): SourceImage {
  return noLarger(image, trainedSize(image, imgsz));
}

/** An image as it is kept for training a classifier: its shorter side half as long again as the network's. */
export function reducedForClasses(image: PixelImage, imgsz: number): SourceImage {
  const { width, height } = image;
  const ratio = Math.min((classifyMargin * imgsz) / Math.min(width, height), longestSide / Math.max(width, height));
  return noLarger(image, { width: Math.ceil(width * ratio), height: Math.ceil(height * ratio) });
}

function noLarger(image: PixelImage, size: Size): SourceImage {
  const isSmaller = size.width >= image.width && size.height >= image.height;
  return sized(image, isSmaller ? image : size);
}

function sized(image: PixelImage, { width, height }: Size): SourceImage {
  const keepsSize = image.width === width && image.height === height;
  if (keepsSize && image.channels === 3) return { width, height, data: plainBytes(image.data) };
  const { data } = resizeLinear(image, { width, height });
  return { width, height, data: plainBytes(data) };
}
