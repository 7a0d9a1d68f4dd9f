import type { Box } from '@/lib/engines/geometry/shape';
import type { Drawable } from '@/lib/engines/overlay/drawable-detections';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import type { PaintContext } from '@/lib/engines/overlay/paint-context';

/** Fill of a hovered or selected box: enough to see its extent, little enough to see what is in it. */
const EMPHASIS_FILL_OPACITY = 0.14;

/** Strokes the boxes in the order given. */
export function paintBoxes(context: PaintContext, drawables: readonly Drawable[], view: OverlayView): void {
  context.lineJoin = 'miter';
  for (const { detection, screen, colour, opacity, lineWidth, emphasised } of drawables) {
    const { x1, y1, x2, y2 } = alignToPixels(screen, lineWidth);
    // A mask shows the extent already, and a box that reaches beyond the view is being looked into.
    if (emphasised && !detection.mask && isWhollyInView(screen, view)) {
      context.globalAlpha = opacity * EMPHASIS_FILL_OPACITY;
      context.fillStyle = colour.css;
      context.fillRect(x1, y1, x2 - x1, y2 - y1);
    }
    context.globalAlpha = opacity;
    context.strokeStyle = colour.css;
    context.lineWidth = lineWidth;
    context.strokeRect(x1, y1, x2 - x1, y2 - y1);
  }
}

/**
 * Moves the edges by at most half a screen pixel so that the stroke covers whole pixels: crisp, and cheaper than an
 * antialiased one.
 */
export function alignToPixels(box: Box, lineWidth: number): Box {
  const half = lineWidth / 2;
  const align = (value: number) => Math.round(value - half) + half;
  return { x1: align(box.x1), y1: align(box.y1), x2: align(box.x2), y2: align(box.y2) };
}

function isWhollyInView({ x1, y1, x2, y2 }: Box, { viewportWidth, viewportHeight }: OverlayView): boolean {
  return x1 >= 0 && y1 >= 0 && x2 <= viewportWidth && y2 <= viewportHeight;
}
