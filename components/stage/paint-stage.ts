import type { StagePane } from '@/components/stage/stage-panes';
import type { ScreenPoint } from '@/lib/engines/geometry/shape';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import type { PaintAssets } from '@/lib/engines/overlay/paint-context';
import { paintOverlay } from '@/lib/engines/overlay/paint-overlay';

/** Everything the stage shows at one moment. */
export type StageScene = {
  readonly bitmap: ImageBitmap | null;
  readonly panes: readonly StagePane[];
  readonly height: number;
  /** The view of the primary pane; the secondary's is the same without hovering and selection. */
  readonly view: OverlayView;
  readonly assets: PaintAssets;
  /** Centre of the loupe, or null while it is away. */
  readonly loupe: ScreenPoint | null;
};

/** From this scale on the pixels themselves are shown instead of a smooth picture. */
export const CRISP_SCALE = 4;

const LOUPE_RADIUS = 88;
const LOUPE_MAGNIFICATION = 4;

/** Paints the overlays of all panes, each within its part of the stage, and the loupe above them. */
export function paintStage(context: CanvasRenderingContext2D, scene: StageScene): void {
  for (const pane of scene.panes) {
    if (!pane.result) continue;
    context.save();
    clipTo(context, pane, scene.height);
    context.translate(pane.originX, 0);
    paintOverlay(context, pane.result, paneView(scene.view, pane), scene.assets);
    context.restore();
  }
  if (scene.loupe) paintLoupe(context, scene, scene.loupe);
}

/** Detection indices belong to one model's output: what is hovered in the first model's list is nothing in the second's. */
export function paneView(view: OverlayView, pane: StagePane): OverlayView {
  return pane.role === 'primary' ? view : { ...view, hovered: null, selected: null };
}

function paintLoupe(context: CanvasRenderingContext2D, scene: StageScene, at: ScreenPoint): void {
  const { bitmap, view } = scene;
  if (!bitmap) return;
  context.save();
  context.beginPath();
  context.arc(at.screenX, at.screenY, LOUPE_RADIUS, 0, 2 * Math.PI);
  context.fillStyle = 'rgb(24, 25, 28)';
  context.fill();
  context.clip();
  for (const pane of scene.panes) {
    const magnified = magnify(view, at, pane);
    context.save();
    clipTo(context, pane, scene.height);
    context.translate(pane.originX, 0);
    context.imageSmoothingEnabled = magnified.scale < CRISP_SCALE;
    const { scale, offsetX, offsetY } = magnified;
    context.drawImage(bitmap, offsetX, offsetY, bitmap.width * scale, bitmap.height * scale);
    if (pane.result) paintOverlay(context, pane.result, paneView(magnified, pane), scene.assets);
    context.restore();
  }
  context.restore();
  paintLoupeRim(context, at);
}

/** The view with the point under the loupe held in place; labels would be larger than what is looked at. */
function magnify(view: OverlayView, at: ScreenPoint, pane: StagePane): OverlayView {
  const x = at.screenX - pane.originX;
  return {
    ...view,
    scale: view.scale * LOUPE_MAGNIFICATION,
    offsetX: x - (x - view.offsetX) * LOUPE_MAGNIFICATION,
    offsetY: at.screenY - (at.screenY - view.offsetY) * LOUPE_MAGNIFICATION,
    showLabels: false,
    hovered: null,
    selected: null,
  };
}

function paintLoupeRim(context: CanvasRenderingContext2D, { screenX, screenY }: ScreenPoint): void {
  context.beginPath();
  context.arc(screenX, screenY, LOUPE_RADIUS, 0, 2 * Math.PI);
  context.strokeStyle = 'rgba(0, 0, 0, 0.6)';
  context.lineWidth = 4;
  context.stroke();
  context.strokeStyle = 'rgb(235, 236, 240)';
  context.lineWidth = 2;
  context.stroke();
  context.beginPath();
  for (const [x, y] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    context.moveTo(screenX + x * 4, screenY + y * 4);
    context.lineTo(screenX + x * 10, screenY + y * 10);
  }
  context.lineWidth = 1;
  context.stroke();
}

function clipTo(context: CanvasRenderingContext2D, { clipLeft, clipWidth }: StagePane, height: number): void {
  context.beginPath();
  context.rect(clipLeft, 0, clipWidth, height);
  context.clip();
}
