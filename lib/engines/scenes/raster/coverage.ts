import type { Ring } from '@/lib/engines/scenes/raster/shape';

/** The pixels that a shape can touch: `right` and `bottom` are the first ones beyond. */
type PixelBounds = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** How far each pixel lies inside a shape. Reuses its memory from shape to shape. */
export type CoverageBuffer = {
  /**
   * Enters rings; the union of those that run the same way counts. `null` where they lie outside of the picture.
   */
  fill(rings: readonly Ring[]): PixelBounds | null;
  /**
   * Writes the coverage (0–1) of one row of the last `fill` into `row`, from its `left` on. Each row may be asked for once: reading
   * clears it.
   */
  readRow(y: number, row: Float32Array): void;
};

/**
 * Exact area coverage of polygons: every edge adds the area to its right to one cell per row, and a running sum along the row gives the
 * coverage (R. Levien's accumulation buffer of font-rs, 2016).
 */
export function createCoverageBuffer(width: number, height: number): CoverageBuffer {
  // Two cells more: an edge on the right border adds to the cell beyond it and to the next.
  const sums = new Float32Array((width + 2) * height);
  let bounds: PixelBounds = { left: 0, top: 0, right: 0, bottom: 0 };
  let stride = 0;

  function addEdge(x1: number, y1: number, x2: number, y2: number): void {
    const direction = y1 < y2 ? 1 : -1;
    const [upperX, upperY, lowerX, lowerY] = y1 < y2 ? [x1, y1, x2, y2] : [x2, y2, x1, y1];
    const slope = (lowerX - upperX) / (lowerY - upperY);
    const firstRow = Math.max(0, Math.floor(upperY));
    const lastRow = Math.min(bounds.bottom - bounds.top, Math.ceil(lowerY));
    const limit = bounds.right - bounds.left;
    for (let y = firstRow; y < lastRow; y++) {
      const from = Math.max(y, upperY);
      const to = Math.min(y + 1, lowerY);
      const start = clamped(upperX + (from - upperY) * slope, limit);
      const end = clamped(upperX + (to - upperY) * slope, limit);
      addToRow(y * stride, Math.min(start, end), Math.max(start, end), (to - from) * direction);
    }
  }

  /** The part of an edge within one row, from `x1` to `x2` at its right, `cover` of the row high. */
  function addToRow(row: number, x1: number, x2: number, cover: number): void {
    const first = Math.floor(x1);
    const beyond = Math.ceil(x2);
    if (beyond <= first + 1) {
      const right = cover * (0.5 * (x1 + x2) - first);
      sums[row + first] += cover - right;
      sums[row + first + 1] += right;
      return;
    }
    const perPixel = 1 / (x2 - x1);
    let before = 0;
    for (let x = first; x < beyond; x++) {
      const within = areaRightOf(x1, x2, x + 1, perPixel);
      sums[row + x] += cover * (within - before);
      before = within;
    }
    sums[row + beyond] += cover * (1 - before);
  }

  return {
    fill(rings) {
      const found = boundsOf(rings, width, height);
      if (found === null) return null;
      bounds = found;
      stride = found.right - found.left + 2;
      for (const ring of rings) {
        let x1 = ring[ring.length - 2] - found.left;
        let y1 = ring[ring.length - 1] - found.top;
        for (let k = 0; k < ring.length; k += 2) {
          const x2 = ring[k] - found.left;
          const y2 = ring[k + 1] - found.top;
          if (y1 !== y2) addEdge(x1, y1, x2, y2);
          x1 = x2;
          y1 = y2;
        }
      }
      return found;
    },
    readRow(y, row) {
      const start = (y - bounds.top) * stride;
      const count = stride - 2;
      let sum = 0;
      for (let k = 0; k < count; k++) {
        sum += sums[start + k];
        const inside = Math.abs(sum);
        row[k] = Math.min(inside, 1);
      }
      sums.fill(0, start, start + stride);
    },
  };
}

/** How much of the pixels up to the one that ends at `end` lies right of an edge from `x1` to `x2`, summed over the edge. */
function areaRightOf(x1: number, x2: number, end: number, perPixel: number): number {
  const from = Math.max(x1, end - 1);
  const to = Math.min(x2, end);
  const passedBefore = (from - x1) * perPixel;
  const passedHere = (to - from) * perPixel;
  return passedBefore + passedHere * (end - 0.5 * (from + to));
}

function clamped(x: number, limit: number): number {
  return Math.min(Math.max(x, 0), limit);
}

function boundsOf(rings: readonly Ring[], width: number, height: number): PixelBounds | null {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const ring of rings) {
    for (let k = 0; k < ring.length; k += 2) {
      left = Math.min(left, ring[k]);
      right = Math.max(right, ring[k]);
      top = Math.min(top, ring[k + 1]);
      bottom = Math.max(bottom, ring[k + 1]);
    }
  }
  const found = {
    left: Math.max(0, Math.floor(left)),
    top: Math.max(0, Math.floor(top)),
    right: Math.min(width, Math.ceil(right)),
    bottom: Math.min(height, Math.ceil(bottom)),
  };
  return found.left < found.right && found.top < found.bottom ? found : null;
}
