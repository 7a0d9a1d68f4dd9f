import { present } from '@/lib/core/assert';
import { orientedBoxCorners } from '@/lib/engines/geometry/oriented-box';
import type { OrientedBox } from '@/lib/engines/geometry/shape';
import type { Drawable } from '@/lib/engines/overlay/drawable-detections';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import type { PaintContext } from '@/lib/engines/overlay/paint-context';

const EMPHASIS_FILL_OPACITY = 0.14;
/** Width of the heading edge, in line widths. */
const HEADING_WIDTH = 2.25;

/** Strokes the rotated boxes in the order given; the heading edge (the end the width side points to) is thicker. */
export function paintOrientedBoxes(context: PaintContext, drawables: readonly Drawable[], view: OverlayView): void {
  context.lineJoin = 'round';
  context.lineCap = 'round';
  for (const { detection, colour, opacity, lineWidth, emphasised } of drawables) {
    const [first, second, third, fourth] = screenCorners(present(detection.oriented, 'rotated box'), view);
    context.strokeStyle = colour.css;
    context.lineWidth = lineWidth;
    context.beginPath();
    context.moveTo(first.x, first.y);
    context.lineTo(second.x, second.y);
    context.lineTo(third.x, third.y);
    context.lineTo(fourth.x, fourth.y);
    context.closePath();
    if (emphasised) {
      context.globalAlpha = opacity * EMPHASIS_FILL_OPACITY;
      context.fillStyle = colour.css;
      context.fill();
    }
    context.globalAlpha = opacity;
    context.stroke();
    context.lineWidth = lineWidth * HEADING_WIDTH;
    context.beginPath();
    context.moveTo(first.x, first.y);
    context.lineTo(second.x, second.y);
    context.stroke();
  }
}

/** Corners on the screen; the first two are the heading edge, at the +width end. */
export function screenCorners(box: OrientedBox, view: OverlayView): ReturnType<typeof orientedBoxCorners> {
  return orientedBoxCorners({
    cx: box.cx * view.scale + view.offsetX,
    cy: box.cy * view.scale + view.offsetY,
    width: box.width * view.scale,
    height: box.height * view.scale,
    angle: box.angle,
  });
}
