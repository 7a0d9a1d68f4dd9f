import { offscreenAssets } from '@/lib/browser/offscreen-assets';
import { present } from '@/lib/core/assert';
import { annotatedView } from '@/lib/engines/overlay/annotated-view';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import { paintOverlay } from '@/lib/engines/overlay/paint-overlay';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** What of the page's view goes into the picture that is taken away. */
export type AnnotationChoice = Pick<OverlayView, 'maskOpacity' | 'hiddenClasses' | 'classColours'>;

/** The picture at its full resolution with the overlays drawn into it, as a PNG. */
export async function annotatedImage(
  bitmap: ImageBitmap,
  result: VisionResult,
  choice: AnnotationChoice,
): Promise<Blob> {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = present(canvas.getContext('2d'), 'A 2D context for the annotated image');
  context.drawImage(bitmap, 0, 0);
  const fontFamily = getComputedStyle(document.body).fontFamily;
  const view = { ...annotatedView({ width: bitmap.width, height: bitmap.height }, fontFamily), ...choice };
  paintOverlay(context, result, view, offscreenAssets());
  return canvas.convertToBlob({ type: 'image/png' });
}
