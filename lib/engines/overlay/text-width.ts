import type { PaintAssets, PaintContext } from '@/lib/engines/overlay/paint-context';

/** A thousand class names and a hundred scores in a few fonts; beyond that the cache starts again. */
const MAX_ENTRIES = 8192;

const caches = new WeakMap<PaintAssets, Map<string, number>>();

/**
 * Width of the text in the context's current font, in screen pixels. Remembered per assets, because measuring costs as much
 * as drawing. Pass recurring parts (the class name, the score) rather than the whole label.
 */
export function textWidth(context: PaintContext, assets: PaintAssets, text: string): number {
  let widths = caches.get(assets);
  if (!widths || widths.size > MAX_ENTRIES) {
    widths = new Map();
    caches.set(assets, widths);
  }
  const key = `${context.font}\n${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  const { width } = context.measureText(text);
  widths.set(key, width);
  return width;
}
