import type { Size } from '@/lib/engines/geometry/shape';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { plainBytes } from '@/lib/engines/vision/plain-bytes';
import { type KernelPasses, kernelPasses } from '@/lib/engines/vision/resize-kernel';
import {
  type AxisTaps,
  columnTaps,
  type LinearRow,
  RowSlots,
  resizeLinearRows,
  roundBlend,
  rowTaps,
} from '@/lib/engines/vision/resize-linear';

/** Where an image goes in the planes of a tensor [3, height, width]. */
export type PlaneWindow = {
  readonly planes: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
};

/** level / 255 in single precision: what dividing a float tensor by 255 gives. */
export const unitLevels = Float32Array.from({ length: 256 }, (_, level) => level / 255);

/**
 * Resizes an image as `resizeLinearRows` does and writes it into planes of floats, 0–1. On WebAssembly SIMD where there is
 * any; `scalar` asks for the JavaScript form, which gives the same bits.
 */
export function resizeIntoPlanes(image: PixelImage, size: Size, window: PlaneWindow, scalar = false): void {
  const columns = columnTaps(image.width, size.width, image.channels);
  const passes = scalar ? null : kernelPasses(columns, image.width * image.channels);
  if (passes) {
    resizeByKernel(passes, image, rowTaps(image.height, size.height), size, window);
    return;
  }
  resizeLinearRows(image, size, (row, y) => writeRow(row, size.width, y, window));
}

function resizeByKernel(
  passes: KernelPasses,
  image: PixelImage,
  rows: AxisTaps,
  size: Size,
  window: PlaneWindow,
): void {
  const samples = plainBytes(image.data);
  const rowSamples = image.width * image.channels;
  const sourceRow = (y: number) => samples.subarray(y * rowSamples, (y + 1) * rowSamples);
  if (image.channels === 3 && image.width === size.width && image.height === size.height) {
    // Photographs of 640 pixels mostly: interpolating would give every sample itself.
    for (let y = 0; y < size.height; y++) placeRow(passes.plain(sourceRow(y)), passes.planeLength, y, size, window);
    return;
  }
  const slots = new RowSlots((slot, y) => passes.horizontal(sourceRow(y), slot));
  for (let y = 0; y < size.height; y++) {
    const upper = slots.slot(rows.first[y], rows.second[y]);
    const lower = slots.slot(rows.second[y], rows.first[y]);
    const resized = passes.vertical(upper, lower, rows.firstWeight[y], rows.secondWeight[y]);
    placeRow(resized, passes.planeLength, y, size, window);
  }
}

/** A row of three planes that lie `length` apart, into the planes of the window. */
function placeRow(row: Float32Array, length: number, y: number, size: Size, window: PlaneWindow): void {
  const plane = window.width * window.height;
  const at = (window.top + y) * window.width + window.left;
  for (let channel = 0; channel < 3; channel++) {
    window.planes.set(row.subarray(channel * length, channel * length + size.width), at + channel * plane);
  }
}

function writeRow(
  { upper, lower, upperWeight, lowerWeight }: LinearRow,
  columns: number,
  y: number,
  { planes, width, height, left, top }: PlaneWindow,
): void {
  const red = (top + y) * width + left;
  const green = red + width * height;
  const blue = green + width * height;
  for (let x = 0, k = 0; x < columns; x++, k += 3) {
    planes[red + x] = unitLevels[roundBlend(upper[k], upperWeight, lower[k], lowerWeight)];
    planes[green + x] = unitLevels[roundBlend(upper[k + 1], upperWeight, lower[k + 1], lowerWeight)];
    planes[blue + x] = unitLevels[roundBlend(upper[k + 2], upperWeight, lower[k + 2], lowerWeight)];
  }
}
