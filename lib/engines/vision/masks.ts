import { joinRings } from '@/lib/engines/geometry/polygon';
import type { Box, Size } from '@/lib/engines/geometry/shape';
import { type BilinearTaps, bilinearTaps } from '@/lib/engines/vision/bilinear-taps';
import { externalContours } from '@/lib/engines/vision/contours';
import type { HeadOutput, Placement } from '@/lib/engines/vision/head-output';
import {
  boxToImage,
  clippedPointToImage,
  contentWindow,
  letterboxInverse,
} from '@/lib/engines/vision/letterbox-inverse';
import type { InstanceMask } from '@/lib/engines/vision/vision-result';

/** `network`: masks on the grid of the network input, the package's default. `image`: on the image's own pixels (`retina_masks`). */
export type MaskGrid = 'network' | 'image';

export type Prototypes = NonNullable<HeadOutput['prototypes']>;

/** The part of a grid a mask was computed for: everything outside is 0. */
export type MaskWindow = Pick<InstanceMask, 'left' | 'top' | 'width' | 'height' | 'bits'>;

type WindowRequest = {
  /** One per prototype. */
  readonly coefficients: Float32Array;
  /** [count, height, width] */
  readonly prototypes: Prototypes;
  /** The part of the prototypes that is stretched over the grid. */
  readonly source: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  readonly grid: Size;
  /** Box of the detection in cells of the grid. */
  readonly box: Box;
};

/**
 * The mask of one detection with its outlines, or null when nothing of it is set.
 *
 * @param box Box in pixels of the network input.
 */
export function instanceMask(
  coefficients: Float32Array,
  prototypes: Prototypes,
  box: Box,
  placement: Placement,
  maskGrid: MaskGrid,
): InstanceMask | null {
  const { input, image } = placement;
  const [, height, width] = prototypes.dims;
  const onImage = maskGrid === 'image';
  const grid = onImage ? image : input;
  const window = maskWindow({
    coefficients,
    prototypes,
    source: onImage ? contentWindow({ width, height }, image) : { left: 0, top: 0, right: width, bottom: height },
    grid,
    box: onImage ? boxToImage(box, letterboxInverse(input, image)) : box,
  });
  const rings = externalContours(window.bits, window.width, window.height);
  if (rings.length === 0) return null;

  const inverse = letterboxInverse(grid, image);
  const inGrid = rings.map((ring) => ring.map((value, k) => value + (k % 2 === 0 ? window.left : window.top)));
  const toImage = (ring: Float32Array): Float32Array => {
    const points = new Float32Array(ring.length);
    for (let k = 0; k < ring.length; k += 2) {
      const point = clippedPointToImage(ring[k], ring[k + 1], inverse);
      points[k] = point.x;
      points[k + 1] = point.y;
    }
    return points;
  };
  return {
    ...window,
    grid: { scale: inverse.gain, offsetX: inverse.padX, offsetY: inverse.padY },
    outline: { rings: inGrid.map(toImage) },
    segment: toImage(joinRings(inGrid)),
  };
}

/**
 * Where coefficients · prototypes, stretched bilinearly over the grid, exceeds 0 within the box. The threshold comes after
 * the stretching, so that outlines are smooth. Only the prototype cells under the box are multiplied.
 */
export function maskWindow({ coefficients, prototypes, source, grid, box }: WindowRequest): MaskWindow {
  const left = cropEdge(box.x1, grid.width);
  const top = cropEdge(box.y1, grid.height);
  const width = Math.max(0, cropEdge(box.x2, grid.width) - left);
  const height = Math.max(0, cropEdge(box.y2, grid.height) - top);
  const bits = new Uint8Array(width * height);
  const window = { left, top, width, height, bits };
  if (bits.length === 0) return window;

  const columns = bilinearTaps({
    sourceLength: source.right - source.left,
    sourceStart: source.left,
    targetLength: grid.width,
    first: left,
    end: left + width,
    align: 'edges',
  });
  const rows = bilinearTaps({
    sourceLength: source.bottom - source.top,
    sourceStart: source.top,
    targetLength: grid.height,
    first: top,
    end: top + height,
    align: 'edges',
  });
  const cells = {
    left: columns.lower[0],
    top: rows.lower[0],
    width: columns.upper[width - 1] - columns.lower[0] + 1,
    height: rows.upper[height - 1] - rows.lower[0] + 1,
  };
  const logits = combinedPrototypes(coefficients, prototypes, cells);
  const spans = cellSpans(columns, cells);
  const between = new Float64Array(cells.width + 1);
  for (let y = 0; y < height; y++) {
    const upperRow = (rows.lower[y] - cells.top) * cells.width;
    const lowerRow = (rows.upper[y] - cells.top) * cells.width;
    const down = rows.weight[y];
    for (let x = 0; x < cells.width; x++) {
      between[x] = logits[upperRow + x] * (1 - down) + logits[lowerRow + x] * down;
    }
    between[cells.width] = between[cells.width - 1];
    thresholdRow(bits, y * width, between, spans, columns.weight);
  }
  return window;
}

type CellWindow = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** For every cell of the window the first grid column that lies right of its centre, and the end of the last one's. */
function cellSpans(columns: BilinearTaps, cells: CellWindow): Int32Array {
  const spans = new Int32Array(cells.width + 1).fill(columns.lower.length);
  for (let x = columns.lower.length - 1; x >= 0; x--) spans[columns.lower[x] - cells.left] = x;
  for (let cell = cells.width - 1; cell >= 0; cell--) spans[cell] = Math.min(spans[cell], spans[cell + 1]);
  return spans;
}

/** Interpolates only between cells of different sign: between equal signs every value has that sign. */
function thresholdRow(
  bits: Uint8Array,
  offset: number,
  row: Float64Array,
  spans: Int32Array,
  weight: Float32Array,
): void {
  for (let cell = 0; cell < spans.length - 1; cell++) {
    const left = row[cell];
    const right = row[cell + 1];
    if (left <= 0 && right <= 0) continue;
    const end = spans[cell + 1];
    if (left > 0 && right > 0) {
      for (let x = spans[cell]; x < end; x++) bits[offset + x] = 1;
    } else {
      for (let x = spans[cell]; x < end; x++) {
        bits[offset + x] = left * (1 - weight[x]) + right * weight[x] > 0 ? 1 : 0;
      }
    }
  }
}

/** The weighted sum of all prototypes over a window of cells; four prototypes a pass, to halve the traffic to memory. */
function combinedPrototypes(coefficients: Float32Array, { data, dims }: Prototypes, cells: CellWindow): Float64Array {
  const [count, planeHeight, planeWidth] = dims;
  const plane = planeHeight * planeWidth;
  const corner = cells.top * planeWidth + cells.left;
  const sums = new Float64Array(cells.width * cells.height);
  for (let first = 0; first < count; first += 4) {
    // Past the last prototype the weight is 0 and the plane any valid one.
    const second = Math.min(first + 1, count - 1);
    const third = Math.min(first + 2, count - 1);
    const fourth = Math.min(first + 3, count - 1);
    const w0 = coefficients[first];
    const w1 = first + 1 < count ? coefficients[second] : 0;
    const w2 = first + 2 < count ? coefficients[third] : 0;
    const w3 = first + 3 < count ? coefficients[fourth] : 0;
    let target = 0;
    for (let y = 0; y < cells.height; y++) {
      const at = corner + y * planeWidth;
      let p0 = first * plane + at;
      let p1 = second * plane + at;
      let p2 = third * plane + at;
      let p3 = fourth * plane + at;
      for (const end = target + cells.width; target < end; target++) {
        sums[target] += w0 * data[p0++] + w1 * data[p1++] + w2 * data[p2++] + w3 * data[p3++];
      }
    }
  }
  return sums;
}

/** First cell at or after an edge: a cell belongs to the box when x1 ≤ its index < x2. NaN becomes 0. */
function cropEdge(coordinate: number, limit: number): number {
  return Math.min(Math.max(Math.ceil(coordinate) || 0, 0), limit);
}
