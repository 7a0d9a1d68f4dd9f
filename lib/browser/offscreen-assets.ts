import { present } from '@/lib/core/assert';
import type { PaintAssets } from '@/lib/engines/overlay/paint-context';

/** Off-screen canvases of the browser for the overlay painter, in a page or a worker. */
export function offscreenAssets(): PaintAssets {
  return {
    createCanvas(width, height) {
      const bitmap = new OffscreenCanvas(width, height);
      return { bitmap, context: present(bitmap.getContext('2d'), '2D context of an off-screen canvas') };
    },
  };
}
