import { assert } from '@/lib/core/assert';
import type { Size } from '@/lib/engines/geometry/shape';
import type { MaskWindow } from '@/lib/engines/vision/masks';

/** Binary masks on one grid, 32 cells a word: overlaps of hundreds of masks are then counted in milliseconds. */
export type PackedMasks = {
  /** Cells of the grid, width × height. */
  readonly cells: number;
  /** One per mask, ⌈cells / 32⌉ words. */
  readonly masks: readonly Uint32Array[];
};

/** Packs a grid of 0 and 1. */
export function packMask(bits: Uint8Array): Uint32Array {
  const words = new Uint32Array(Math.ceil(bits.length / 32));
  for (let k = 0; k < bits.length; k++) words[k >> 5] |= bits[k] << (k & 31);
  return words;
}

/** Packs a mask that is known only inside a window of the grid and empty outside. */
export function packWindow(window: MaskWindow, grid: Size): Uint32Array {
  const words = new Uint32Array(Math.ceil((grid.width * grid.height) / 32));
  for (let k = 0; k < window.bits.length; k++) {
    if (window.bits[k] === 0) continue;
    const y = window.top + Math.floor(k / window.width);
    const cell = y * grid.width + window.left + (k % window.width);
    words[cell >> 5] |= 1 << (cell & 31);
  }
  return words;
}

/** Number of cells set in both masks. */
export function commonCells(one: Uint32Array, other: Uint32Array): number {
  assert(one.length === other.length, 'masks of one grid');
  let count = 0;
  for (let k = 0; k < one.length; k++) {
    const both = one[k] & other[k];
    if (both !== 0) count += setBits(both);
  }
  return count;
}

/** Parallel counting of bits (H. S. Warren, “Hacker's Delight”, 2nd edition, §5-1). */
function setBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
