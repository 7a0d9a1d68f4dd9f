import type { Size } from '@/lib/engines/geometry/shape';

/**
 * Writes `value` into the cells of a grid whose centres an outline encloses (even-odd rule), row by row.
 *
 * @param outline Flat x, y pairs in cells, not closed; what lies beyond the grid is left out.
 * @param cells height × width, row-major.
 */
export function fillCells(cells: Int32Array, { width, height }: Size, outline: ArrayLike<number>, value: number): void {
  const rows = crossingsByRow(outline, height);
  for (const [y, crossings] of rows) {
    crossings.sort((one, other) => one - other);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(crossings[k] - 0.5));
      const end = Math.min(width, Math.ceil(crossings[k + 1] - 0.5));
      if (from < end) cells.fill(value, y * width + from, y * width + end);
    }
  }
}

/** Where the edges of an outline cross the middle of each row; an edge's lower end counts with the edge below it. */
function crossingsByRow(outline: ArrayLike<number>, height: number): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (let k = 0, previous = outline.length - 2; k < outline.length; previous = k, k += 2) {
    const [x0, y0, x1, y1] = [outline[previous], outline[previous + 1], outline[k], outline[k + 1]];
    const first = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5));
    const end = Math.min(height, Math.ceil(Math.max(y0, y1) - 0.5));
    for (let y = first; y < end; y++) {
      const x = x0 + ((y + 0.5 - y0) / (y1 - y0)) * (x1 - x0);
      const crossings = rows.get(y);
      if (crossings) crossings.push(x);
      else rows.set(y, [x]);
    }
  }
  return rows;
}
