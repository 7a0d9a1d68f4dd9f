import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Canvas, createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { Fault } from '@/lib/core/fault';
import type { Size } from '@/lib/engines/geometry/shape';
import { annotatedView } from '@/lib/engines/overlay/annotated-view';
import type { PaintAssets } from '@/lib/engines/overlay/paint-context';
import { paintOverlay } from '@/lib/engines/overlay/paint-overlay';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** The page's own typeface, so that labels look the same here, also on machines without any font. */
const fontFamily = 'Geist';

/** Longest side of a surface of Skia, the library beneath this canvas. */
const maximumSide = 32_767;

let fontIsRegistered = false;

/**
 * The image with what was seen drawn over it, as the bytes of a PNG of the image's size: the same painter and the same view
 * as the annotated image that the page saves. `withoutScores` leaves the scores out of its labels;
 * `sizedFor` takes lines and letters of an image of another size, for one that is put together of many. Throws a `Fault` (`image-too-large`) where no canvas is that long.
 */
export async function annotateImage(
  image: PixelImage,
  result: VisionResult,
  { withoutScores = false, sizedFor = image }: { withoutScores?: boolean; sizedFor?: Size } = {},
): Promise<Uint8Array> {
  const { width, height } = image;
  if (Math.max(width, height) > maximumSide) {
    throw new Fault({
      code: 'image-too-large',
      found: `This image of ${width} × ${height} pixels is too long to be drawn on: a side may have at most ${maximumSide}.`,
      remedy: 'Scale it down, or leave the annotated image out.',
    });
  }
  registerFont();
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const pixels = context.createImageData(width, height);
  copyOpaque(image, pixels.data);
  context.putImageData(pixels, 0, 0);
  const { lineWidth, fontSize } = annotatedView(sizedFor);
  const view = { ...annotatedView(image, `${fontFamily}, sans-serif`), lineWidth, fontSize, withoutScores };
  paintOverlay(context, result, view, nodeAssets());
  return encodePng(canvas);
}

function nodeAssets(): PaintAssets {
  return {
    createCanvas(width, height) {
      const canvas = createCanvas(width, height);
      return { bitmap: canvas, context: canvas.getContext('2d') };
    },
  };
}

function copyOpaque({ data, channels }: PixelImage, rgba: Uint8ClampedArray): void {
  for (let p = 0, o = 0; o < rgba.length; p += channels, o += 4) {
    rgba[o] = data[p];
    rgba[o + 1] = data[p + 1];
    rgba[o + 2] = data[p + 2];
    rgba[o + 3] = 255;
  }
}

/** The font files lie beside the only modules the package lets out. */
function registerFont(): void {
  if (fontIsRegistered) return;
  const packageFolder = dirname(createRequire(import.meta.url).resolve('geist/font/sans'));
  GlobalFonts.registerFromPath(join(packageFolder, 'fonts', 'geist-sans', 'Geist-Medium.ttf'), fontFamily);
  fontIsRegistered = true;
}

async function encodePng(canvas: Canvas): Promise<Uint8Array> {
  return canvas.encode('png');
}
