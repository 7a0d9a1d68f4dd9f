import type { Placement } from '@/lib/engines/vision/head-output';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { resizeAntialias } from '@/lib/engines/vision/resize-antialias';

/**
 * The classifier's own view of an image: Pillow's antialiased bilinear resize and torchvision's centre crop, RGB of the size
 * of the network input. `placement` is a `centre-crop` of `networkPlacement`: its offsets are zero or negative.
 */
export function classifyTransform(image: PixelImage, placement: Placement): PixelImage {
  return resizeAntialias(image, placement.resized, {
    left: -placement.left,
    top: -placement.top,
    width: placement.input.width,
    height: placement.input.height,
  });
}
