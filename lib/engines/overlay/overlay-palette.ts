import { type ClassColour, classColour, colourFromRgb } from '@/lib/engines/overlay/class-colour';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import type { PaintAssets } from '@/lib/engines/overlay/paint-context';

const resolved = new WeakMap<PaintAssets, Map<string, ClassColour>>();

/** The colour a class is drawn in: the view's own where it has one, else the generated palette. */
export function paletteColour(classId: number, view: OverlayView, assets: PaintAssets): ClassColour {
  const own = view.classColours.get(classId);
  return own === undefined ? classColour(classId) : resolveCss(own, assets);
}

/** Lets the canvas itself read the CSS colour, so that every notation works and invalid ones come out black. */
function resolveCss(css: string, assets: PaintAssets): ClassColour {
  let known = resolved.get(assets);
  if (!known) {
    known = new Map();
    resolved.set(assets, known);
  }
  const hit = known.get(css);
  if (hit) return hit;
  const { context } = assets.createCanvas(1, 1);
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
  const colour = colourFromRgb({ r, g, b });
  known.set(css, colour);
  return colour;
}
