import type { Box, ImagePoint, Size } from '@/lib/engines/geometry/shape';
import { roundHalfToEven } from '@/lib/engines/vision/round-half-to-even';

/** How to get from a letterboxed grid (the network input, or a map over it) back to the image: (grid − pad) / gain. */
export type LetterboxInverse = {
  readonly gain: number;
  readonly padX: number;
  readonly padY: number;
  readonly image: Size;
};

/**
 * Recomputes the letterbox from the two sizes alone, as the package's `scale_boxes` does. With a dynamic input whose side
 * was rounded down the gain differs in the fourth digit from the scale the image was resized by; parity asks for this one.
 */
export function letterboxInverse(grid: Size, image: Size): LetterboxInverse {
  const gain = Math.min(grid.height / image.height, grid.width / image.width);
  return {
    gain,
    padX: roundHalfToEven((grid.width - roundHalfToEven(image.width * gain)) / 2 - 0.1),
    padY: roundHalfToEven((grid.height - roundHalfToEven(image.height * gain)) / 2 - 0.1),
    image,
  };
}

/** A length or distance in the grid as image pixels, in single precision. */
export function lengthToImage(length: number, { gain }: LetterboxInverse): number {
  return Math.fround(length / Math.fround(gain));
}

/** A point of the grid in image pixels, in single precision and not clipped. */
export function pointToImage(x: number, y: number, inverse: LetterboxInverse): ImagePoint {
  return {
    x: lengthToImage(Math.fround(x - inverse.padX), inverse),
    y: lengthToImage(Math.fround(y - inverse.padY), inverse),
  };
}

/** As `pointToImage`, moved into the image: what keypoints and outlines get. */
export function clippedPointToImage(x: number, y: number, inverse: LetterboxInverse): ImagePoint {
  const point = pointToImage(x, y, inverse);
  return {
    x: Math.min(Math.max(point.x, 0), inverse.image.width),
    y: Math.min(Math.max(point.y, 0), inverse.image.height),
  };
}

/** A box of the grid in image pixels, clipped to the image. */
export function boxToImage(box: Box, inverse: LetterboxInverse): Box {
  const first = clippedPointToImage(box.x1, box.y1, inverse);
  const second = clippedPointToImage(box.x2, box.y2, inverse);
  return { x1: first.x, y1: first.y, x2: second.x, y2: second.y };
}

/** The part of a letterboxed grid the image covers: whole cells, right and bottom exclusive. */
export function contentWindow(
  grid: Size,
  image: Size,
): { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number } {
  const gain = Math.min(grid.height / image.height, grid.width / image.width);
  const padX = (grid.width - roundHalfToEven(image.width * gain)) / 2;
  const padY = (grid.height - roundHalfToEven(image.height * gain)) / 2;
  const left = roundHalfToEven(padX - 0.1);
  const top = roundHalfToEven(padY - 0.1);
  return {
    left,
    top,
    right: Math.max(left + 1, grid.width - roundHalfToEven(padX + 0.1)),
    bottom: Math.max(top + 1, grid.height - roundHalfToEven(padY + 0.1)),
  };
}
