import type { Size } from '@/lib/engines/geometry/shape';
import type { PaintAssets, PaintBitmap } from '@/lib/engines/overlay/paint-context';

/** Four bytes a pixel: 64 MB at most for one layer; larger maps are thinned. */
const MAX_BITMAP_PIXELS = 16_000_000;

type Cached = { readonly assets: PaintAssets; readonly key: string; readonly bitmap: PaintBitmap };

const cache = new WeakMap<object, Cached>();

/**
 * A bitmap with one colour per value of a map of the image's size, kept until the key (whatever else the colours depend on)
 * changes. `colourOf` gives 0xAABBGGRR for the value at an offset into the map.
 */
export function denseBitmap(
  map: object,
  size: Size,
  key: string,
  assets: PaintAssets,
  colourOf: (offset: number) => number,
): PaintBitmap {
  const known = cache.get(map);
  if (known && known.assets === assets && known.key === key) return known.bitmap;
  const step = Math.max(1, Math.ceil(Math.sqrt((size.width * size.height) / MAX_BITMAP_PIXELS)));
  const width = Math.max(1, Math.floor(size.width / step));
  const height = Math.max(1, Math.floor(size.height / step));
  const { bitmap, context } = assets.createCanvas(width, height);
  const pixels = context.createImageData(width, height);
  const view = new DataView(pixels.data.buffer, pixels.data.byteOffset, pixels.data.byteLength);
  for (let y = 0, at = 0; y < height; y++) {
    const row = y * step * size.width;
    for (let x = 0; x < width; x++, at += 4) view.setUint32(at, colourOf(row + x * step), true);
  }
  context.putImageData(pixels, 0, 0);
  cache.set(map, { assets, key, bitmap });
  return bitmap;
}

/** Opaque colour as `denseBitmap` wants it. */
export function packColour({ r, g, b }: { readonly r: number; readonly g: number; readonly b: number }): number {
  return (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;
}
