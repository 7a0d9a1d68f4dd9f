import type { Box } from '@/lib/engines/geometry/shape';
import type { ClassColour } from '@/lib/engines/overlay/class-colour';
import { paletteColour } from '@/lib/engines/overlay/overlay-palette';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import type { PaintAssets } from '@/lib/engines/overlay/paint-context';
import type { Detection } from '@/lib/engines/vision/vision-result';

/** Opacity of everything neither under the pointer nor selected, while something is under the pointer. */
const DIMMED_OPACITY = 0.35;

/** A detection with what every painter needs of it. */
export type Drawable = {
  readonly detection: Detection;
  readonly colour: ClassColour;
  /** The detection's box on the screen. */
  readonly screen: Box;
  readonly opacity: number;
  /** Stroke width in screen pixels; half as wide again when selected. */
  readonly lineWidth: number;
  /** Hovered or selected. */
  readonly emphasised: boolean;
};

/** The detections whose class is shown and whose box touches the viewport, in the order given. */
export function visibleDetections(detections: readonly Detection[], view: OverlayView): Detection[] {
  return detections.filter(({ classId, box }) => {
    if (view.hiddenClasses.has(classId)) return false;
    const screen = toScreenBox(box, view);
    return screen.x2 >= 0 && screen.y2 >= 0 && screen.x1 <= view.viewportWidth && screen.y1 <= view.viewportHeight;
  });
}

/** The visible detections with their colour, place and emphasis, in the order given. */
export function drawableDetections(
  detections: readonly Detection[],
  view: OverlayView,
  assets: PaintAssets,
): Drawable[] {
  const visible = visibleDetections(detections, view);
  const dims = view.hovered !== null && visible.some(({ index }) => index === view.hovered);
  return visible.map((detection) => {
    const hovered = detection.index === view.hovered;
    const selected = detection.index === view.selected;
    return {
      detection,
      colour: paletteColour(detection.classId, view, assets),
      screen: toScreenBox(detection.box, view),
      opacity: dims && !hovered && !selected ? DIMMED_OPACITY : 1,
      lineWidth: selected ? Math.round(view.lineWidth * 1.5) : view.lineWidth,
      emphasised: hovered || selected,
    };
  });
}

/** The order of painting: the most certain above the less certain, what is hovered or selected above all. */
export function paintOrder(drawables: readonly Drawable[]): Drawable[] {
  const certainLast = drawables.toReversed();
  return [
    ...certainLast.filter(({ emphasised }) => !emphasised),
    ...certainLast.filter(({ emphasised }) => emphasised),
  ];
}

function toScreenBox(box: Box, { scale, offsetX, offsetY }: OverlayView): Box {
  return {
    x1: box.x1 * scale + offsetX,
    y1: box.y1 * scale + offsetY,
    x2: box.x2 * scale + offsetX,
    y2: box.y2 * scale + offsetY,
  };
}
