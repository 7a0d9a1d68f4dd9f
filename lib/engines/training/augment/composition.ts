import type { Box, Size } from '@/lib/engines/geometry/shape';
import type { SeededRandom } from '@/lib/engines/training/augment/seeded-random';

/** An image's place on a canvas: the whole image covers `frame`, and what lies within `visible` is seen. */
type Tile<Content> = { readonly content: Content; readonly frame: Box; readonly visible: Box };

/** Images laid side by side on a square canvas, never over one another. */
export type Composition<Content> = { readonly side: number; readonly tiles: readonly Tile<Content>[] };

type Sized = { readonly image: Size };

/**
 * Size that an image is trained at: its longer side is `imgsz` (the package's `load_image`). The same again for an image that
 * has been brought to that size already.
 */
export function trainedSize({ width, height }: Size, imgsz: number): Size {
  const ratio = imgsz / Math.max(width, height);
  return {
    width: Math.min(Math.ceil(width * ratio), imgsz),
    height: Math.min(Math.ceil(height * ratio), imgsz),
  };
}

/** One image in the middle of a canvas of `imgsz`. */
export function single<Content extends Sized>(content: Content, imgsz: number): Composition<Content> {
  const { width, height } = trainedSize(content.image, imgsz);
  const left = Math.floor((imgsz - width) / 2);
  const top = Math.floor((imgsz - height) / 2);
  const frame = { x1: left, y1: top, x2: left + width, y2: top + height };
  return { side: imgsz, tiles: [{ content, frame, visible: frame }] };
}

/**
 * Four images around a random point in the middle half of a canvas of twice `imgsz` (A. Bochkovskiy et al., “YOLOv4”,
 * arXiv:2004.10934): each touches the point with a corner, what reaches beyond the canvas is cut off.
 */
export function mosaic<Content extends Sized>(
  contents: readonly [Content, Content, Content, Content],
  imgsz: number,
  random: SeededRandom,
): Composition<Content> {
  const side = 2 * imgsz;
  const x = Math.floor(random.uniform(imgsz / 2, side - imgsz / 2));
  const y = Math.floor(random.uniform(imgsz / 2, side - imgsz / 2));
  const tiles = contents.map((content, quarter) => {
    const { width, height } = trainedSize(content.image, imgsz);
    const left = quarter % 2 === 0 ? x - width : x;
    const top = quarter < 2 ? y - height : y;
    const frame = { x1: left, y1: top, x2: left + width, y2: top + height };
    return { content, frame, visible: withinCanvas(frame, side) };
  });
  return { side, tiles };
}

function withinCanvas({ x1, y1, x2, y2 }: Box, side: number): Box {
  return { x1: Math.max(0, x1), y1: Math.max(0, y1), x2: Math.min(side, x2), y2: Math.min(side, y2) };
}
