import type { Drawable } from '@/lib/engines/overlay/drawable-detections';
import type { Rgb } from '@/lib/engines/overlay/oklab';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import type { PaintAssets, PaintBitmap, PaintContext } from '@/lib/engines/overlay/paint-context';
import type { InstanceMask } from '@/lib/engines/vision/vision-result';

/** Contour points nearer to each other than this on the screen cannot be told apart. */
const MIN_SEGMENT_PIXELS = 0.8;

type Tinted = { readonly assets: PaintAssets; readonly css: string; readonly bitmap: PaintBitmap };

const tintedMasks = new WeakMap<InstanceMask, Tinted>();

/** Fills the masks at the view's opacity and strokes their contours solid, in the order given. */
export function paintMasks(
  context: PaintContext,
  drawables: readonly Drawable[],
  view: OverlayView,
  assets: PaintAssets,
): void {
  context.imageSmoothingEnabled = true;
  for (const { detection, colour, opacity } of drawables) {
    const { mask } = detection;
    if (!mask || mask.width === 0 || mask.height === 0) continue;
    const cell = view.scale / mask.grid.scale;
    const x = (mask.left - mask.grid.offsetX) * cell + view.offsetX;
    const y = (mask.top - mask.grid.offsetY) * cell + view.offsetY;
    context.globalAlpha = opacity * view.maskOpacity;
    context.drawImage(tintedMask(mask, colour, assets), x, y, mask.width * cell, mask.height * cell);
  }
  context.lineJoin = 'round';
  for (const { detection, colour, opacity, lineWidth } of drawables) {
    const { mask } = detection;
    if (!mask) continue;
    context.globalAlpha = opacity;
    context.strokeStyle = colour.css;
    context.lineWidth = lineWidth;
    context.beginPath();
    // Contours run through the centres of the border cells, so half a cell brings them onto the painted window.
    const halfCell = (0.5 * view.scale) / mask.grid.scale;
    for (const ring of mask.outline.rings) traceRing(context, ring, view, halfCell);
    context.stroke();
  }
}

function traceRing(context: PaintContext, ring: Float32Array, view: OverlayView, shift: number): void {
  const startX = (ring[0] ?? 0) * view.scale + view.offsetX + shift;
  const startY = (ring[1] ?? 0) * view.scale + view.offsetY + shift;
  let lastX = startX;
  let lastY = startY;
  context.moveTo(startX, startY);
  for (let at = 2; at + 1 < ring.length; at += 2) {
    const x = (ring[at] ?? 0) * view.scale + view.offsetX + shift;
    const y = (ring[at + 1] ?? 0) * view.scale + view.offsetY + shift;
    if (Math.abs(x - lastX) < MIN_SEGMENT_PIXELS && Math.abs(y - lastY) < MIN_SEGMENT_PIXELS) continue;
    context.lineTo(x, y);
    lastX = x;
    lastY = y;
  }
  context.closePath();
}

/** The mask's window in its colour, opaque: opacity is the context's business, so that a slider rebuilds nothing. */
function tintedMask(mask: InstanceMask, colour: Rgb & { readonly css: string }, assets: PaintAssets): PaintBitmap {
  const known = tintedMasks.get(mask);
  if (known && known.assets === assets && known.css === colour.css) return known.bitmap;
  const { bitmap, context } = assets.createCanvas(mask.width, mask.height);
  const pixels = context.createImageData(mask.width, mask.height);
  const { data } = pixels;
  for (let cell = 0, at = 0; cell < mask.bits.length; cell++, at += 4) {
    if (mask.bits[cell] === 0) continue;
    data[at] = colour.r;
    data[at + 1] = colour.g;
    data[at + 2] = colour.b;
    data[at + 3] = 255;
  }
  context.putImageData(pixels, 0, 0);
  tintedMasks.set(mask, { assets, css: colour.css, bitmap });
  return bitmap;
}
