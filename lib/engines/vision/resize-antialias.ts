import type { Size } from '@/lib/engines/geometry/shape';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { plainBytes } from '@/lib/engines/vision/plain-bytes';

/** Pillow's PRECISION_BITS for 8-bit images: 32 − 8 bits of sample − 2 bits of headroom. */
const precisionBits = 22;
const roundingHalf = 1 << (precisionBits - 1);

/** A part of the resized image, in its pixels. */
export type ResizeWindow = { readonly left: number; readonly top: number } & Size;

/** For each output position: the first source sample, how many follow, and their weights as 22-bit fixed point. */
type Kernel = {
  readonly start: Int32Array;
  readonly count: Int32Array;
  readonly weights: Int32Array;
  readonly weightsPerPosition: number;
};

/**
 * Resizes the RGB of an image bilinearly *with* antialias, bit for bit as Pillow's `resize(…, BILINEAR)` does for 8-bit
 * images (libImaging/Resample.c): triangle filter widened by the reduction, horizontal pass rounded to 8 bits, then vertical.
 * Only the pixels inside `window` are computed. The result is interleaved RGB of the window's size.
 */
export function resizeAntialias(image: PixelImage, size: Size, window: ResizeWindow): PixelImage {
  const horizontal = triangleKernel(image.width, size.width, window.left, window.width);
  const vertical = triangleKernel(image.height, size.height, window.top, window.height);
  const firstRow = vertical.start[0];
  const lastPosition = window.height - 1;
  const rowCount = vertical.start[lastPosition] + vertical.count[lastPosition] - firstRow;
  const rows = resampleColumns(image, firstRow, rowCount, horizontal, window.width);
  const data = resampleRows(rows, firstRow, vertical, window);
  return { width: window.width, height: window.height, channels: 3, data };
}

function resampleColumns(
  image: PixelImage,
  firstRow: number,
  rowCount: number,
  kernel: Kernel,
  width: number,
): Uint8ClampedArray {
  const { channels } = image;
  const data = plainBytes(image.data);
  const { start, count, weights, weightsPerPosition } = kernel;
  const output = new Uint8ClampedArray(rowCount * width * 3);
  for (let y = 0, o = 0; y < rowCount; y++) {
    const rowStart = (firstRow + y) * image.width * channels;
    for (let x = 0; x < width; x++, o += 3) {
      let red = roundingHalf;
      let green = roundingHalf;
      let blue = roundingHalf;
      let p = rowStart + start[x] * channels;
      const from = x * weightsPerPosition;
      const to = from + count[x];
      for (let k = from; k < to; k++, p += channels) {
        const weight = weights[k];
        red += data[p] * weight;
        green += data[p + 1] * weight;
        blue += data[p + 2] * weight;
      }
      output[o] = red >> precisionBits;
      output[o + 1] = green >> precisionBits;
      output[o + 2] = blue >> precisionBits;
    }
  }
  return output;
}

function resampleRows(
  rows: Uint8ClampedArray,
  firstRow: number,
  kernel: Kernel,
  window: ResizeWindow,
): Uint8ClampedArray {
  const rowLength = window.width * 3;
  const output = new Uint8ClampedArray(rowLength * window.height);
  const sums = new Int32Array(rowLength);
  for (let y = 0; y < window.height; y++) {
    sums.fill(roundingHalf);
    const from = y * kernel.weightsPerPosition;
    const count = kernel.count[y];
    for (let k = 0; k < count; k++) {
      const weight = kernel.weights[from + k];
      const rowStart = (kernel.start[y] - firstRow + k) * rowLength;
      for (let i = 0; i < rowLength; i++) {
        sums[i] = sums[i] + rows[rowStart + i] * weight;
      }
    }
    const outputStart = y * rowLength;
    for (let i = 0; i < rowLength; i++) output[outputStart + i] = sums[i] >> precisionBits;
  }
  return output;
}

/** Pillow's `precompute_coeffs` and `normalize_coeffs_8bpc` for the triangle filter, for positions `first` … `first + length`. */
function triangleKernel(sourceLength: number, targetLength: number, first: number, length: number): Kernel {
  const scale = sourceLength / targetLength;
  const support = Math.max(scale, 1);
  const weightsPerPosition = Math.ceil(support) * 2 + 1;
  const start = new Int32Array(length);
  const count = new Int32Array(length);
  const weights = new Int32Array(length * weightsPerPosition);
  const exact = new Float64Array(weightsPerPosition);

  for (let position = 0; position < length; position++) {
    const centre = (first + position + 0.5) * scale;
    const low = Math.max(0, Math.trunc(centre - support + 0.5));
    const high = Math.min(sourceLength, Math.trunc(centre + support + 0.5));
    let total = 0;
    for (let k = 0; k < high - low; k++) {
      const weight = triangle((low + k - centre + 0.5) * (1 / support));
      exact[k] = weight;
      total += weight;
    }
    for (let k = 0; k < high - low; k++) {
      const share = total === 0 ? 0 : exact[k] / total;
      weights[position * weightsPerPosition + k] = Math.trunc(0.5 + share * (1 << precisionBits));
    }
    start[position] = low;
    count[position] = high - low;
  }
  return { start, count, weights, weightsPerPosition };
}

function triangle(x: number): number {
  const distance = Math.abs(x);
  return distance < 1 ? 1 - distance : 0;
}
