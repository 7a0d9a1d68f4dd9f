import type { Size } from '@/lib/engines/geometry/shape';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { plainBytes } from '@/lib/engines/vision/plain-bytes';
import { roundHalfToEven } from '@/lib/engines/vision/round-half-to-even';

/** OpenCV's INTER_RESIZE_COEF_SCALE: a bilinear weight is an integer of 11 fraction bits. */
const weightOne = 2048;

/** Two neighbours and their weights for every destination coordinate of one axis. */
export type AxisTaps = {
  /** Source index of the first and second neighbour. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Their weights, 0 to `weightOne`. */
  readonly firstWeight: Int32Array;
  readonly secondWeight: Int32Array;
};

/**
 * A row of the result before it is rounded: two horizontally resized source rows (RGB, 15 bits) and their weights, which add
 * up to `weightOne` or one more. `roundBlend` of each sample is the pixel.
 */
export type LinearRow = {
  readonly upper: Int16Array;
  readonly lower: Int16Array;
  readonly upperWeight: number;
  readonly lowerWeight: number;
};

/**
 * Resizes the RGB of an image bilinearly without antialias, bit for bit as OpenCV's `resize` with INTER_LINEAR does for
 * 8-bit images (modules/imgproc/src/resize.cpp: weights of 11 bits, a horizontal pass that keeps 19 bits, a vertical pass
 * that drops 4 bits before and 16 after each product, then rounds the last 2). A fourth channel is skipped.
 *
 * Rows are handed out one at a time, top to bottom, unrounded, so that who wants planes of floats needs no pass over bytes
 * in between. The arrays are reused and only valid during the call.
 */
export function resizeLinearRows(image: PixelImage, size: Size, onRow: (row: LinearRow, y: number) => void): void {
  const columns = columnTaps(image.width, size.width, image.channels);
  const rows = rowTaps(image.height, size.height);
  const samples = plainBytes(image.data);
  const buffers = [new Int16Array(size.width * 3), new Int16Array(size.width * 3)] as const;
  const slots = new RowSlots((slot, sourceRow) =>
    resizeRow(samples, sourceRow * image.width * image.channels, columns, buffers[slot]),
  );
  for (let y = 0; y < size.height; y++) {
    const upper = buffers[slots.slot(rows.first[y], rows.second[y])];
    const lower = buffers[slots.slot(rows.second[y], rows.first[y])];
    onRow({ upper, lower, upperWeight: rows.firstWeight[y], lowerWeight: rows.secondWeight[y] }, y);
  }
}

/** `resizeLinearRows` collected into one interleaved RGB image. */
export function resizeLinear(image: PixelImage, size: Size): PixelImage {
  const rowLength = size.width * 3;
  const data = new Uint8Array(rowLength * size.height);
  resizeLinearRows(image, size, ({ upper, lower, upperWeight, lowerWeight }, y) => {
    for (let k = 0, o = y * rowLength; k < rowLength; k++, o++) {
      data[o] = roundBlend(upper[k], upperWeight, lower[k], lowerWeight);
    }
  });
  return { width: size.width, height: size.height, channels: 3, data };
}

/**
 * The vertical pass for one sample, 0–255: both weights are at least 0 and add up to at most `weightOne` + 1. `Math.imul`
 * tells the compiler that products stay 32-bit integers: three times the speed of `*`.
 */
export function roundBlend(upper: number, upperWeight: number, lower: number, lowerWeight: number): number {
  return ((Math.imul(upper, upperWeight) >> 16) + (Math.imul(lower, lowerWeight) >> 16) + 2) >> 2;
}

/**
 * Which of two buffers holds which horizontally resized source row: when scaling up, neighbours repeat and nothing is
 * computed twice. `fill` resizes a source row into a buffer.
 */
export class RowSlots {
  readonly #fill: (slot: 0 | 1, sourceRow: number) => void;
  readonly #sourceRows: [number, number] = [-1, -1];

  constructor(fill: (slot: 0 | 1, sourceRow: number) => void) {
    this.#fill = fill;
  }

  /** The buffer of source row `wanted`; `kept` is the row whose buffer must survive the call. */
  slot(wanted: number, kept: number): 0 | 1 {
    if (this.#sourceRows[0] === wanted) return 0;
    if (this.#sourceRows[1] === wanted) return 1;
    const slot = this.#sourceRows[0] === kept ? 1 : 0;
    this.#sourceRows[slot] = wanted;
    this.#fill(slot, wanted);
    return slot;
  }
}

/**
 * The horizontal pass of the source row that begins at `start`: 8-bit samples times 11-bit weights. The 4 bits that the
 * vertical pass would drop are dropped here already: what remains fits 16 bits, which halves the memory to go through.
 */
function resizeRow(samples: Uint8Array, start: number, columns: AxisTaps, output: Int16Array): void {
  const { first, second, firstWeight, secondWeight } = columns;
  const { length } = first;
  for (let x = 0, k = 0; x < length; x++, k += 3) {
    const p = start + first[x];
    const q = start + second[x];
    const a = firstWeight[x];
    const b = secondWeight[x];
    output[k] = (Math.imul(samples[p], a) + Math.imul(samples[q], b)) >> 4;
    output[k + 1] = (Math.imul(samples[p + 1], a) + Math.imul(samples[q + 1], b)) >> 4;
    output[k + 2] = (Math.imul(samples[p + 2], a) + Math.imul(samples[q + 2], b)) >> 4;
  }
}

/** Columns clamp the weight together with the index, as OpenCV does; indices count samples, not pixels. */
export function columnTaps(sourceLength: number, length: number, channels: number): AxisTaps {
  const taps = emptyTaps(length);
  for (let x = 0; x < length; x++) {
    const position = sourcePosition(x, sourceLength, length);
    let index = Math.floor(position);
    let fraction = Math.fround(position - index);
    if (index < 0 || index >= sourceLength - 1) {
      index = Math.min(Math.max(index, 0), sourceLength - 1);
      fraction = 0;
    }
    taps.first[x] = index * channels;
    taps.second[x] = Math.min(index + 1, sourceLength - 1) * channels;
    setWeights(taps, x, fraction);
  }
  return taps;
}

/** Rows clamp the indices only: at the edges both taps are the same row and the weights keep their fractions. */
export function rowTaps(sourceLength: number, length: number): AxisTaps {
  const taps = emptyTaps(length);
  for (let y = 0; y < length; y++) {
    const position = sourcePosition(y, sourceLength, length);
    const index = Math.floor(position);
    taps.first[y] = Math.min(Math.max(index, 0), sourceLength - 1);
    taps.second[y] = Math.min(Math.max(index + 1, 0), sourceLength - 1);
    setWeights(taps, y, Math.fround(position - index));
  }
  return taps;
}

/** Centre of destination sample `index` in source samples. OpenCV inverts the inverse scale in double, then keeps a float. */
function sourcePosition(index: number, sourceLength: number, length: number): number {
  const scale = 1 / (length / sourceLength);
  return Math.fround((index + 0.5) * scale - 0.5);
}

function setWeights(taps: AxisTaps, index: number, fraction: number): void {
  taps.firstWeight[index] = roundHalfToEven(Math.fround(1 - fraction) * weightOne);
  taps.secondWeight[index] = roundHalfToEven(fraction * weightOne);
}

function emptyTaps(length: number): AxisTaps {
  return {
    first: new Int32Array(length),
    second: new Int32Array(length),
    firstWeight: new Int32Array(length),
    secondWeight: new Int32Array(length),
  };
}
