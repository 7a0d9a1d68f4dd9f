import { offscreenAssets } from '@/lib/browser/offscreen-assets';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import { annotatedView } from '@/lib/engines/overlay/annotated-view';
import { paintOverlay } from '@/lib/engines/overlay/paint-overlay';
import type { HeadOutput } from '@/lib/engines/vision/head-output';
import { interpretHead } from '@/lib/engines/vision/interpret-head';
import type { Thresholds, VisionResult } from '@/lib/engines/vision/vision-result';

/** Draws an image with what one reading of a raw output says about it, fitted into the canvas. */
export function paintReading(
  canvas: HTMLCanvasElement,
  bitmap: ImageBitmap,
  output: HeadOutput | null,
  spec: ModelSpec,
  thresholds: Thresholds,
): void {
  const context = canvas.getContext('2d');
  if (!context || bitmap.width === 0) return;
  const scale = Math.min(canvas.width / bitmap.width, canvas.height / bitmap.height);
  const offsetX = (canvas.width - bitmap.width * scale) / 2;
  const offsetY = (canvas.height - bitmap.height * scale) / 2;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, offsetX, offsetY, bitmap.width * scale, bitmap.height * scale);
  const result = output && readOrNull(spec, output, thresholds);
  if (!result) return;
  const view = {
    ...annotatedView({ width: bitmap.width, height: bitmap.height }),
    scale,
    offsetX,
    offsetY,
    viewportWidth: canvas.width,
    viewportHeight: canvas.height,
    lineWidth: 1.5,
    fontSize: 9,
  };
  paintOverlay(context, result, view, offscreenAssets());
}

/** A reading that does not fit this output draws nothing: that, too, tells the person which one is right. */
function readOrNull(spec: ModelSpec, output: HeadOutput, thresholds: Thresholds): VisionResult | null {
  try {
    return interpretHead(spec, output, thresholds);
  } catch {
    return null;
  }
}
