import type { Size } from '@/lib/engines/geometry/shape';

/** Points that an outline is refined to before its coordinates are cut to whole pixels; the package's `resample_segments`. */
const outlinePoints = 1000;

/**
 * Fills an outline as the package draws a label's mask: refined to about a thousand points, each cut to its whole pixel,
 * then filled by the even-odd rule with the border drawn. The part outside the grid is left out.
 *
 * @param outline Flat x, y pairs in pixels, at least one.
 * @returns width × height, 1 inside.
 */
export function fillOutline(outline: Float32Array, grid: Size): Uint8Array {
  const bits = new Uint8Array(grid.width * grid.height);
  const points = wholePixels(outline);
  const crossings: number[][] = Array.from({ length: grid.height }, () => []);
  for (let k = 0, previous = points.length - 2; k < points.length; previous = k, k += 2) {
    const edge = { x0: points[previous], y0: points[previous + 1], x1: points[k], y1: points[k + 1] };
    drawEdge(bits, grid, edge);
    addCrossings(crossings, edge);
  }
  for (const [y, xs] of crossings.entries()) {
    xs.sort((one, other) => one - other);
    for (let k = 0; k + 1 < xs.length; k += 2) {
      const from = Math.max(0, Math.ceil(xs[k]));
      const to = Math.min(grid.width - 1, Math.floor(xs[k + 1]));
      if (from <= to) bits.fill(1, y * grid.width + from, y * grid.width + to + 1);
    }
  }
  return bits;
}

type Edge = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };

/** The refined outline in whole pixels, without repetitions. */
function wholePixels(outline: Float32Array): number[] {
  const corners = outline.length / 2;
  const steps = Math.max(1, Math.ceil(outlinePoints / corners));
  const points: number[] = [];
  for (let k = 0; k < corners; k++) {
    const next = (k + 1) % corners;
    for (let step = 0; step < steps; step++) {
      const share = step / steps;
      const x = Math.trunc(outline[2 * k] + (outline[2 * next] - outline[2 * k]) * share);
      const y = Math.trunc(outline[2 * k + 1] + (outline[2 * next + 1] - outline[2 * k + 1]) * share);
      if (x !== points.at(-2) || y !== points.at(-1)) points.push(x, y);
    }
  }
  return points;
}

/** A line of pixels, one per step of its longer side. */
function drawEdge(bits: Uint8Array, { width, height }: Size, { x0, y0, x1, y1 }: Edge): void {
  const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
  for (let step = 0; step <= steps; step++) {
    const x = Math.round(x0 + ((x1 - x0) * step) / steps);
    const y = Math.round(y0 + ((y1 - y0) * step) / steps);
    if (x >= 0 && y >= 0 && x < width && y < height) bits[y * width + x] = 1;
  }
}

/** An edge crosses the rows from its upper end to before its lower one, so that a shared end counts once. */
function addCrossings(crossings: number[][], { x0, y0, x1, y1 }: Edge): void {
  if (y0 === y1) return;
  const from = Math.max(0, Math.min(y0, y1));
  const to = Math.min(crossings.length, Math.max(y0, y1));
  const slope = (x1 - x0) / (y1 - y0);
  for (let y = from; y < to; y++) crossings[y].push(x0 + (y - y0) * slope);
}
