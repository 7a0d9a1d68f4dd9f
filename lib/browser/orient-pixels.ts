import type { Orientation } from '@/lib/engines/vision/exif-orientation';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';

/**
 * Turns stored pixels upright by an EXIF orientation (TIFF 6.0, tag 274: where row 0 and column 0 of the stored pixels belong).
 * 5 to 8 swap width and height.
 */
export function orientPixels(image: PixelImage, orientation: Orientation): PixelImage {
  if (orientation === 1) return image;
  const { width, height, channels } = image;
  const swaps = orientation >= 5;
  const uprightWidth = swaps ? height : width;
  const uprightHeight = swaps ? width : height;
  const data = new Uint8ClampedArray(image.data.length);
  for (let y = 0, to = 0; y < uprightHeight; y++) {
    for (let x = 0; x < uprightWidth; x++, to += channels) {
      const [column, row] = storedPosition(orientation, x, y, width - 1, height - 1);
      const from = (row * width + column) * channels;
      for (let channel = 0; channel < channels; channel++) data[to + channel] = image.data[from + channel] ?? 0;
    }
  }
  return { width: uprightWidth, height: uprightHeight, channels, data };
}

/** Column and row of the stored pixel that is seen at (x, y). */
function storedPosition(
  orientation: Orientation,
  x: number,
  y: number,
  lastColumn: number,
  lastRow: number,
): readonly [number, number] {
  switch (orientation) {
    case 1:
      return [x, y];
    case 2:
      return [lastColumn - x, y];
    case 3:
      return [lastColumn - x, lastRow - y];
    case 4:
      return [x, lastRow - y];
    case 5:
      return [y, x];
    case 6:
      return [y, lastRow - x];
    case 7:
      return [lastColumn - y, lastRow - x];
    case 8:
      return [lastColumn - y, x];
  }
}
