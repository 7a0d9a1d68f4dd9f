import type { Size } from '@/lib/engines/geometry/shape';
import type { InstanceMask } from '@/lib/engines/vision/vision-result';

/** A binary mask in whole image pixels, stored only where it can be set. `bits` is width × height, 1 inside. */
export type MaskRaster = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly bits: Uint8Array;
};

/** COCO's uncompressed run lengths: columns first, beginning with zeros. `size` is [height, width]. */
export type RunLengths = { readonly size: readonly [number, number]; readonly counts: readonly number[] };

/** Samples an instance mask at the centre of every image pixel (nearest grid cell), inside the image. */
export function rasterMask(mask: InstanceMask, image: Size): MaskRaster {
  const { scale, offsetX, offsetY } = mask.grid;
  const left = clamp(Math.floor((mask.left - offsetX) / scale), 0, image.width);
  const top = clamp(Math.floor((mask.top - offsetY) / scale), 0, image.height);
  const right = clamp(Math.ceil((mask.left + mask.width - offsetX) / scale), left, image.width);
  const bottom = clamp(Math.ceil((mask.top + mask.height - offsetY) / scale), top, image.height);
  const width = right - left;
  const height = bottom - top;
  const bits = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const cellY = Math.floor((top + y + 0.5) * scale + offsetY) - mask.top;
    if (cellY < 0 || cellY >= mask.height) continue;
    for (let x = 0; x < width; x++) {
      const cellX = Math.floor((left + x + 0.5) * scale + offsetX) - mask.left;
      if (cellX < 0 || cellX >= mask.width) continue;
      bits[y * width + x] = mask.bits[cellY * mask.width + cellX] as number;
    }
  }
  return { left, top, width, height, bits };
}

/** The run lengths of a raster within its image. */
export function runLengths(raster: MaskRaster, image: Size): RunLengths {
  const counts: number[] = [];
  let value = 0;
  let run = raster.left * image.height;
  const add = (next: number, length: number): void => {
    if (length === 0) return;
    if (next !== value) {
      counts.push(run);
      run = 0;
      value = next;
    }
    run += length;
  };
  const below = image.height - raster.top - raster.height;
  for (let x = 0; x < raster.width; x++) {
    add(0, raster.top);
    for (let y = 0; y < raster.height; y++) add(raster.bits[y * raster.width + x] as number, 1);
    add(0, below);
  }
  add(0, (image.width - raster.left - raster.width) * image.height);
  counts.push(run);
  return { size: [image.height, image.width], counts };
}

/** Writes `paint` into every pixel of an image-sized array of `channels` bytes per pixel where the mask is set. */
export function stampMask(target: Uint8Array, image: Size, raster: MaskRaster, paint: readonly number[]): void {
  const channels = paint.length;
  for (let y = 0; y < raster.height; y++) {
    for (let x = 0; x < raster.width; x++) {
      if (raster.bits[y * raster.width + x] === 0) continue;
      target.set(paint, ((raster.top + y) * image.width + raster.left + x) * channels);
    }
  }
}

/** Number of image pixels inside. */
export function rasterArea(raster: MaskRaster): number {
  return raster.bits.reduce((sum, bit) => sum + bit, 0);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
