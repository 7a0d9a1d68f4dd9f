import type { Box, Size } from '@/lib/engines/geometry/shape';
import type { Drawable } from '@/lib/engines/overlay/drawable-detections';
import { type LabelRequest, layoutLabels } from '@/lib/engines/overlay/label-layout';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import { alignToPixels } from '@/lib/engines/overlay/paint-boxes';
import type { PaintAssets, PaintContext } from '@/lib/engines/overlay/paint-context';
import { screenCorners } from '@/lib/engines/overlay/paint-oriented-boxes';
import { textWidth } from '@/lib/engines/overlay/text-width';

/** Longer class names end in an ellipsis: a chip must not cross the picture. */
const MAX_NAME_LENGTH = 32;
/** Air between two chips, so that neighbours read as two. */
const CHIP_GAP = 1;
/** The middle of capitals and digits above the baseline, in font sizes: right for every common sans. */
const HALF_CAP_HEIGHT = 0.36;

type ScreenSpot = { readonly x: number; readonly y: number };

type Label = {
  readonly drawable: Drawable;
  readonly text: string;
  readonly request: LabelRequest;
};

/**
 * Draws the label chips of the detections. Pass them most certain first: earlier ones win the places.
 */
export function paintLabels(
  context: PaintContext,
  drawables: readonly Drawable[],
  names: readonly string[],
  image: Size,
  view: OverlayView,
  assets: PaintAssets,
): void {
  context.font = `500 ${view.fontSize}px ${view.fontFamily}`;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  const labels = drawables.map((drawable) => toLabel(context, drawable, names, view, assets));
  const placements = layoutLabels(
    labels.map(({ request }) => request),
    visibleImage(image, view),
  );
  const placed = labels.flatMap((label, index) => {
    const placement = placements[index];
    return placement ? [{ label, placement }] : [];
  });
  // Dots first: one must not cover the text of a chip.
  for (const { label, placement } of placed) {
    if (placement.kind === 'dot') paintDot(context, label, placement, view);
  }
  for (const emphasised of [false, true]) {
    for (const { label, placement } of placed) {
      if (placement.kind === 'chip' && label.drawable.emphasised === emphasised) {
        paintChip(context, label, placement, view);
      }
    }
  }
}

function paintChip(
  context: PaintContext,
  { drawable, text, request }: Label,
  placement: ScreenSpot,
  view: OverlayView,
): void {
  const { colour, opacity } = drawable;
  const x = Math.round(placement.x);
  const y = Math.round(placement.y);
  context.globalAlpha = opacity;
  context.fillStyle = colour.css;
  context.fillRect(x, y, request.width - CHIP_GAP, request.height);
  context.fillStyle = colour.text;
  context.fillText(text, x + chipPadding(view), y + request.height / 2 + view.fontSize * HALF_CAP_HEIGHT);
}

function paintDot(context: PaintContext, { drawable }: Label, { x, y }: ScreenSpot, view: OverlayView): void {
  context.globalAlpha = drawable.opacity;
  context.fillStyle = 'rgba(8, 10, 14, 0.6)';
  context.beginPath();
  context.arc(x, y, view.lineWidth * 2, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = drawable.colour.css;
  context.beginPath();
  context.arc(x, y, view.lineWidth * 1.5, 0, 2 * Math.PI);
  context.fill();
}

function toLabel(
  context: PaintContext,
  drawable: Drawable,
  names: readonly string[],
  view: OverlayView,
  assets: PaintAssets,
): Label {
  const { classId, score } = drawable.detection;
  const name = shorten(names[classId] ?? `class ${classId}`);
  const scoreText = view.withoutScores ? '' : ` ${score.toFixed(2)}`;
  // Measured in parts that recur: a hundred scores and the names, not every pair of them.
  const textLength = textWidth(context, assets, name) + textWidth(context, assets, scoreText);
  const width = textLength + 2 * chipPadding(view);
  const chip = { width: Math.ceil(width) + CHIP_GAP, height: Math.round(view.fontSize * 1.45) };
  return {
    drawable,
    text: `${name}${scoreText}`,
    request: { box: anchorBox(drawable, chip.width, view), ...chip, pinned: drawable.emphasised },
  };
}

/** What the chip clings to: the outer edge of the stroke, or the topmost corner of a rotated box. */
function anchorBox({ detection, screen, lineWidth }: Drawable, chipWidth: number, view: OverlayView): Box {
  if (detection.oriented) {
    const corners = screenCorners(detection.oriented, view);
    const top = corners.reduce((best, corner) => (corner.y < best.y ? corner : best));
    const bottom = Math.max(...corners.map(({ y }) => y));
    const half = chipWidth / 2;
    return { x1: top.x - half, y1: top.y - lineWidth * 1.5, x2: top.x + half, y2: bottom + lineWidth * 1.5 };
  }
  const { x1, y1, x2, y2 } = alignToPixels(screen, lineWidth);
  const half = lineWidth / 2;
  return { x1: x1 - half, y1: y1 - half, x2: x2 + half, y2: y2 + half };
}

function shorten(name: string): string {
  return name.length <= MAX_NAME_LENGTH ? name : `${name.slice(0, MAX_NAME_LENGTH - 1)}…`;
}

function chipPadding(view: OverlayView): number {
  return Math.round(view.fontSize * 0.38);
}

/** The part of the image that is on the screen: chips slide inside at its border. */
function visibleImage(image: Size, { scale, offsetX, offsetY, viewportWidth, viewportHeight }: OverlayView): Box {
  return {
    x1: Math.max(0, Math.ceil(offsetX)),
    y1: Math.max(0, Math.ceil(offsetY)),
    x2: Math.min(viewportWidth, Math.floor(image.width * scale + offsetX)),
    y2: Math.min(viewportHeight, Math.floor(image.height * scale + offsetY)),
  };
}
