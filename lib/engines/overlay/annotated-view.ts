import type { Size } from '@/lib/engines/geometry/shape';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';

/**
 * The view of a full-resolution annotated image: one screen pixel per image pixel, everything shown. The line grows with the
 * image as the Ultralytics annotator's does, max(2, round(0.003 × mean side)); the font keeps the stage's proportion to it.
 */
export function annotatedView(image: Size, fontFamily = 'Geist, Inter, Arial, sans-serif'): OverlayView {
  const meanSide = (image.width + image.height) / 2;
  return {
    scale: 1,
    offsetX: 0,
    offsetY: 0,
    viewportWidth: image.width,
    viewportHeight: image.height,
    showBoxes: true,
    showLabels: true,
    showMasks: true,
    showKeypoints: true,
    maskOpacity: 0.45,
    lineWidth: Math.max(2, Math.round(meanSide * 0.003)),
    fontSize: Math.max(12, Math.round(meanSide * 0.018)),
    fontFamily,
    hiddenClasses: new Set(),
    hovered: null,
    selected: null,
    classColours: new Map(),
  };
}
