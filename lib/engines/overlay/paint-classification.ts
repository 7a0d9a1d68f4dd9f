import { paletteColour } from '@/lib/engines/overlay/overlay-palette';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import type { PaintAssets, PaintContext } from '@/lib/engines/overlay/paint-context';
import { paintPanel } from '@/lib/engines/overlay/paint-panel';

const TOP = 5;

/** Draws the five most probable classes as bars. `probabilities`: one per class, summing to 1. */
export function paintClassification(
  context: PaintContext,
  probabilities: Float32Array,
  names: readonly string[],
  view: OverlayView,
  assets: PaintAssets,
): void {
  const rows = topClasses(probabilities, TOP)
    .filter((classId) => !view.hiddenClasses.has(classId))
    .map((classId) => {
      const probability = probabilities[classId] ?? 0;
      return {
        label: names[classId] ?? `class ${classId}`,
        value: `${(probability * 100).toFixed(1)} %`,
        fraction: probability,
        css: paletteColour(classId, view, assets).css,
      };
    });
  paintPanel(context, rows, view, assets);
}

/** Indices of the most probable classes, best first; of equals the lower index. */
export function topClasses(probabilities: Float32Array, count: number): number[] {
  return Array.from(probabilities.keys())
    .sort((first, second) => (probabilities[second] ?? 0) - (probabilities[first] ?? 0) || first - second)
    .slice(0, count);
}
