import type { ImagePoint, ScreenPoint, Size } from '@/lib/engines/geometry/shape';

/** How an image lies on the stage: screen pixel = image pixel × scale + offset. All screen lengths are CSS pixels. */
export type Viewport = { readonly scale: number; readonly offsetX: number; readonly offsetY: number };

/** One step of a zoom key or button. */
export const ZOOM_STEP = 1.25;

/** An image pixel is never larger than this on the screen: beyond it a screen holds too few to mean anything. */
const MAX_SCALE = 64;
/** The image is never smaller than this share of its fitted size. */
const MIN_SHARE_OF_FIT = 0.5;
/** At least this much of the image stays on the stage while it is panned, in screen pixels. */
const KEEP_VISIBLE = 48;

/** The whole image, centred, as large as the stage allows with `margin` screen pixels around it. */
export function fitViewport(image: Size, stage: Size, margin = 0): Viewport {
  return centred(fitScale(image, stage, margin), image, stage);
}

/**
 * The image at one screen pixel per image pixel with the centre of the stage kept in place; on whole screen pixels, because
 * half a pixel aside every pixel would be blurred into its neighbour.
 */
export function actualSizeViewport(viewport: Viewport, image: Size, stage: Size): Viewport {
  const { scale, offsetX, offsetY } = zoomAt(viewport, 1 / viewport.scale, centreOf(stage), image, stage);
  return { scale, offsetX: Math.round(offsetX), offsetY: Math.round(offsetY) };
}

/**
 * Zooms by a factor while the image point under the cursor stays under it, as far as the limits allow: half the fitted size
 * (or 100 %, if that is smaller) to 64 screen pixels per image pixel.
 */
export function zoomAt(viewport: Viewport, factor: number, cursor: ScreenPoint, image: Size, stage: Size): Viewport {
  const { min, max } = zoomLimits(image, stage);
  const scale = Math.min(max, Math.max(min, viewport.scale * factor));
  const ratio = scale / viewport.scale;
  return clampViewport(
    {
      scale,
      offsetX: cursor.screenX - (cursor.screenX - viewport.offsetX) * ratio,
      offsetY: cursor.screenY - (cursor.screenY - viewport.offsetY) * ratio,
    },
    image,
    stage,
  );
}

/** Moves the image by screen pixels; it can never be lost off the stage. */
export function panBy(viewport: Viewport, deltaX: number, deltaY: number, image: Size, stage: Size): Viewport {
  return clampViewport(
    { ...viewport, offsetX: viewport.offsetX + deltaX, offsetY: viewport.offsetY + deltaY },
    image,
    stage,
  );
}

/** Keeps the same image point in the middle, at the same scale, on a stage of another size. */
export function resizeViewport(viewport: Viewport, image: Size, before: Size, after: Size): Viewport {
  return panBy(viewport, (after.width - before.width) / 2, (after.height - before.height) / 2, image, after);
}

/** The least and greatest scale for an image on a stage, in screen pixels per image pixel. */
export function zoomLimits(image: Size, stage: Size): { readonly min: number; readonly max: number } {
  const fit = fitScale(image, stage, 0);
  return { min: Math.min(1, fit * MIN_SHARE_OF_FIT), max: Math.max(MAX_SCALE, fit) };
}

export function toScreen(viewport: Viewport, { x, y }: ImagePoint): ScreenPoint {
  return { screenX: x * viewport.scale + viewport.offsetX, screenY: y * viewport.scale + viewport.offsetY };
}

export function toImage(viewport: Viewport, { screenX, screenY }: ScreenPoint): ImagePoint {
  return { x: (screenX - viewport.offsetX) / viewport.scale, y: (screenY - viewport.offsetY) / viewport.scale };
}

function fitScale(image: Size, stage: Size, margin: number): number {
  const width = Math.max(1, stage.width - 2 * margin);
  const height = Math.max(1, stage.height - 2 * margin);
  return Math.min(width / image.width, height / image.height);
}

function centred(scale: number, image: Size, stage: Size): Viewport {
  return {
    scale,
    offsetX: (stage.width - image.width * scale) / 2,
    offsetY: (stage.height - image.height * scale) / 2,
  };
}

function clampViewport({ scale, offsetX, offsetY }: Viewport, image: Size, stage: Size): Viewport {
  return {
    scale,
    offsetX: clampOffset(offsetX, image.width * scale, stage.width),
    offsetY: clampOffset(offsetY, image.height * scale, stage.height),
  };
}

function clampOffset(offset: number, imageLength: number, stageLength: number): number {
  const keep = Math.min(KEEP_VISIBLE, imageLength, stageLength);
  return Math.min(stageLength - keep, Math.max(keep - imageLength, offset));
}

function centreOf(stage: Size): ScreenPoint {
  return { screenX: stage.width / 2, screenY: stage.height / 2 };
}
