import type { Size } from '@/lib/engines/geometry/shape';
import { denseBitmap, packColour } from '@/lib/engines/overlay/dense-bitmap';
import { oklchToRgb, type Rgb } from '@/lib/engines/overlay/oklab';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import type { PaintAssets, PaintContext } from '@/lib/engines/overlay/paint-context';
import { textWidth } from '@/lib/engines/overlay/text-width';

const LEVELS = 256;

let ramp: readonly Rgb[] | null = null;

/**
 * Tints every pixel by its depth at the view's mask opacity, near bright and far dark, with a scale in metres. `depth` has the
 * size of the image; values outside the range take its end colours and values that are no number stay clear.
 */
export function paintDepth(
  context: PaintContext,
  depth: Float32Array,
  range: { readonly min: number; readonly max: number },
  image: Size,
  view: OverlayView,
  assets: PaintAssets,
): void {
  if (view.showMasks) {
    const packed = depthRamp().map(packColour);
    const span = range.max - range.min || 1;
    const bitmap = denseBitmap(depth, image, `${range.min} ${range.max}`, assets, (offset) => {
      const level = Math.round(((range.max - (depth[offset] ?? Number.NaN)) / span) * (LEVELS - 1));
      return packed[Math.min(LEVELS - 1, Math.max(0, level))] ?? 0;
    });
    context.globalAlpha = view.maskOpacity;
    context.imageSmoothingEnabled = true;
    context.drawImage(bitmap, view.offsetX, view.offsetY, image.width * view.scale, image.height * view.scale);
  }
  if (view.showLabels) paintScale(context, range, view, assets);
}

/**
 * A perceptual ramp from far to near: lightness rises evenly in OKLCH while the hue turns from violet through red to
 * yellow, so equal steps of depth look like equal steps, in grey print too.
 */
export function depthRamp(): readonly Rgb[] {
  ramp ??= Array.from({ length: LEVELS }, (_, level) => {
    const t = level / (LEVELS - 1);
    return oklchToRgb({ lightness: 0.22 + 0.72 * t, chroma: 0.13 + 0.1 * Math.sin(Math.PI * t), hue: 285 + 180 * t });
  });
  return ramp;
}

function paintScale(
  context: PaintContext,
  range: { readonly min: number; readonly max: number },
  view: OverlayView,
  assets: PaintAssets,
): void {
  const unit = view.fontSize;
  const near = `${range.min.toFixed(1)} m`;
  const far = `${range.max.toFixed(1)} m`;
  context.globalAlpha = 1;
  context.font = `500 ${unit}px ${view.fontFamily}`;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  const nearWidth = textWidth(context, assets, near);
  const farWidth = textWidth(context, assets, far);
  const barWidth = Math.round(unit * 12);
  const gap = Math.round(unit * 0.6);
  const height = Math.round(unit * 2);
  const x = Math.round(Math.max(0, view.offsetX)) + gap;
  const y = Math.round(Math.max(0, view.offsetY)) + gap;
  context.fillStyle = 'rgba(10, 12, 16, 0.78)';
  context.beginPath();
  context.roundRect(x, y, nearWidth + farWidth + barWidth + 4 * gap, height, Math.round(unit * 0.5));
  context.fill();
  context.fillStyle = 'white';
  const baseline = y + height / 2 + unit * 0.36;
  context.fillText(near, x + gap, baseline);
  context.fillText(far, x + 3 * gap + nearWidth + barWidth, baseline);
  const left = x + 2 * gap + nearWidth;
  const colours = depthRamp();
  for (let column = 0; column < barWidth; column++) {
    const { r, g, b } = colours[Math.round((1 - column / barWidth) * (LEVELS - 1))] ?? { r: 0, g: 0, b: 0 };
    context.fillStyle = `rgb(${r}, ${g}, ${b})`;
    context.fillRect(left + column, y + height * 0.3, 1, height * 0.4);
  }
}
