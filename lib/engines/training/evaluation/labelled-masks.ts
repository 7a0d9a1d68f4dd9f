import type { Size } from '@/lib/engines/geometry/shape';
import { fillOutline } from '@/lib/engines/training/evaluation/fill-outline';
import { type PackedMasks, packMask } from '@/lib/engines/training/evaluation/packed-masks';

/**
 * Masks of labelled outlines on the grid of the prototypes, as the package trains and validates with (`overlap_mask`,
 * `mask_ratio` 4): drawn in the network input, brought down to the grid, smaller objects lying on top of larger ones.
 *
 * @param outlines Flat x, y pairs in pixels of the network input.
 */
export function labelledMasks(outlines: readonly Float32Array[], input: Size, grid: Size): PackedMasks {
  return { cells: grid.width * grid.height, masks: stackedMasks(outlines, input, grid).map(packMask) };
}

/** As `labelledMasks`, unpacked: for each outline the cells, 0 or 1, in which it is seen. No cell is set in two of them. */
export function stackedMasks(outlines: readonly Float32Array[], input: Size, grid: Size): readonly Uint8Array[] {
  const masks = outlines.map((outline) => broughtDown(fillOutline(outline, input), input, grid));
  const areas = masks.map((mask) => mask.reduce((sum, bit) => sum + bit, 0));
  const smallestFirst = Array.from(masks.keys()).sort((one, other) => areas[one] - areas[other]);
  const covered = new Uint8Array(grid.width * grid.height);
  for (const index of smallestFirst) {
    const mask = masks[index];
    for (let k = 0; k < mask.length; k++) {
      mask[k] &= 1 - covered[k];
      covered[k] |= mask[k];
    }
  }
  return masks;
}

/** A cell is set when at least two of the four pixels around its centre are: bilinear reduction, rounded. */
function broughtDown(bits: Uint8Array, input: Size, grid: Size): Uint8Array {
  const down = new Uint8Array(grid.width * grid.height);
  for (let y = 0; y < grid.height; y++) {
    const [upper, lower] = pixelsAround(y, grid.height, input.height);
    for (let x = 0; x < grid.width; x++) {
      const [left, right] = pixelsAround(x, grid.width, input.width);
      const sum =
        bits[upper * input.width + left] +
        bits[upper * input.width + right] +
        bits[lower * input.width + left] +
        bits[lower * input.width + right];
      if (sum >= 2) down[y * grid.width + x] = 1;
    }
  }
  return down;
}

function pixelsAround(cell: number, cells: number, pixels: number): [number, number] {
  const before = Math.max(0, Math.floor(((cell + 0.5) * pixels) / cells - 0.5));
  return [before, Math.min(pixels - 1, before + 1)];
}
