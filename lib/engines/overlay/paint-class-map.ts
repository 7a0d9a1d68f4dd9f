import type { Size } from '@/lib/engines/geometry/shape';
import { denseBitmap, packColour } from '@/lib/engines/overlay/dense-bitmap';
import { paletteColour } from '@/lib/engines/overlay/overlay-palette';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import type { PaintAssets, PaintContext } from '@/lib/engines/overlay/paint-context';
import { paintPanel } from '@/lib/engines/overlay/paint-panel';

type ClassMap = Uint8Array | Uint16Array | Int32Array;

/** The legend lists this many classes, the largest first. */
const LEGEND_ROWS = 6;

const sharesByMap = new WeakMap<ClassMap, ReadonlyMap<number, number>>();

/** Tints every pixel by its class at the view's mask opacity, with a legend of the largest classes. */
export function paintClassMap(
  context: PaintContext,
  classMap: ClassMap,
  image: Size,
  names: readonly string[],
  view: OverlayView,
  assets: PaintAssets,
): void {
  const shares = classShares(classMap);
  const shown = [...shares.keys()].filter((classId) => !view.hiddenClasses.has(classId));
  if (view.showMasks) {
    const packed = new Map(shown.map((classId) => [classId, packColour(paletteColour(classId, view, assets))]));
    const key = [...packed].map(([classId, colour]) => `${classId}:${colour}`).join(' ');
    const bitmap = denseBitmap(classMap, image, key, assets, (offset) => packed.get(classMap[offset] ?? -1) ?? 0);
    context.globalAlpha = view.maskOpacity;
    context.imageSmoothingEnabled = false;
    context.drawImage(bitmap, view.offsetX, view.offsetY, image.width * view.scale, image.height * view.scale);
  }
  if (!view.showLabels) return;
  const rows = shown.slice(0, LEGEND_ROWS).map((classId) => {
    const share = shares.get(classId) ?? 0;
    return {
      label: names[classId] ?? `class ${classId}`,
      value: `${(share * 100).toFixed(1)} %`,
      fraction: share,
      css: paletteColour(classId, view, assets).css,
    };
  });
  paintPanel(context, rows, view, assets);
}

/** Share of the image of each class that occurs, 0–1, the largest first. */
export function classShares(classMap: ClassMap): ReadonlyMap<number, number> {
  const known = sharesByMap.get(classMap);
  if (known) return known;
  const counts = new Map<number, number>();
  for (let start = 0; start < classMap.length; ) {
    const classId = classMap[start] ?? 0;
    let end = start + 1;
    // Class maps come in long runs: one map update a run instead of one a pixel.
    while (end < classMap.length && classMap[end] === classId) end++;
    counts.set(classId, (counts.get(classId) ?? 0) + end - start);
    start = end;
  }
  const shares = new Map(
    [...counts]
      .sort(([firstClass, first], [secondClass, second]) => second - first || firstClass - secondClass)
      .map(([classId, count]) => [classId, count / classMap.length]),
  );
  sharesByMap.set(classMap, shares);
  return shares;
}
