import type { Size } from '@/lib/engines/geometry/shape';
import { bilinearTaps } from '@/lib/engines/vision/bilinear-taps';
import { contentWindow } from '@/lib/engines/vision/letterbox-inverse';

export type ClassMap = Uint8Array | Uint16Array | Int32Array;

/**
 * A class map over the letterboxed input, cut out of its padding and resized to the image by nearest neighbour (source index
 * = floor(target × source / target length), as PyTorch's `nearest`).
 *
 * @param map height × width class indices, rows from the top.
 */
export function classMapToImage(map: ArrayLike<number>, grid: Size, image: Size, classCount: number): ClassMap {
  const window = contentWindow(grid, image);
  const columns = nearestSources(window.left, window.right, image.width);
  const rows = nearestSources(window.top, window.bottom, image.height);
  const classes = emptyClassMap(image.width * image.height, classCount);
  for (let y = 0, target = 0; y < image.height; y++) {
    const row = rows[y] * grid.width;
    for (let x = 0; x < image.width; x++) classes[target++] = map[row + columns[x]];
  }
  return classes;
}

/**
 * The class of every image pixel from logits over the letterboxed input: padding cut off, logits resized bilinearly
 * (align_corners false), then the largest taken (the first of equals). One channel means two classes, told by its sign.
 *
 * @param logits [classes, height, width]
 */
export function classLogitsToImage(logits: Float32Array, classCount: number, grid: Size, image: Size): ClassMap {
  const window = contentWindow(grid, image);
  const across = { sourceLength: window.right - window.left, sourceStart: window.left, targetLength: image.width };
  const down = { sourceLength: window.bottom - window.top, sourceStart: window.top, targetLength: image.height };
  const columns = bilinearTaps({ ...across, align: 'edges' });
  const rows = bilinearTaps({ ...down, align: 'edges' });
  const classes = emptyClassMap(image.width * image.height, Math.max(2, classCount));
  const line = new Float32Array(image.width);
  const best = new Float32Array(image.width);
  for (let y = 0; y < image.height; y++) {
    const target = y * image.width;
    best.fill(classCount === 1 ? 0 : Number.NEGATIVE_INFINITY);
    for (let classId = 0; classId < classCount; classId++) {
      const plane = logits.subarray(classId * grid.width * grid.height, (classId + 1) * grid.width * grid.height);
      resizedLine(line, plane, grid.width, columns, rows, y);
      const answer = classCount === 1 ? 1 : classId;
      for (let x = 0; x < image.width; x++) {
        if (line[x] <= best[x]) continue;
        best[x] = line[x];
        classes[target + x] = answer;
      }
    }
  }
  return classes;
}

/** A map stretched over another size bilinearly, its corner samples on the corners (align_corners true), as the package resizes depth. */
export function stretchMap(map: Float32Array, from: Size, to: Size): Float32Array {
  if (from.width === to.width && from.height === to.height) return map.slice();
  const columns = bilinearTaps({ sourceLength: from.width, targetLength: to.width, align: 'corners' });
  const rows = bilinearTaps({ sourceLength: from.height, targetLength: to.height, align: 'corners' });
  const stretched = new Float32Array(to.width * to.height);
  for (let y = 0; y < to.height; y++) {
    resizedLine(stretched.subarray(y * to.width, (y + 1) * to.width), map, from.width, columns, rows, y);
  }
  return stretched;
}

function resizedLine(
  line: Float32Array,
  plane: Float32Array,
  planeWidth: number,
  columns: ReturnType<typeof bilinearTaps>,
  rows: ReturnType<typeof bilinearTaps>,
  y: number,
): void {
  const above = rows.lower[y] * planeWidth;
  const below = rows.upper[y] * planeWidth;
  const down = rows.weight[y];
  for (let x = 0; x < line.length; x++) {
    const right = columns.weight[x];
    const left = columns.lower[x];
    const next = columns.upper[x];
    const top = plane[above + left] * (1 - right) + plane[above + next] * right;
    const bottom = plane[below + left] * (1 - right) + plane[below + next] * right;
    line[x] = top * (1 - down) + bottom * down;
  }
}

function nearestSources(start: number, end: number, targetLength: number): Int32Array {
  const scale = Math.fround((end - start) / targetLength);
  return Int32Array.from({ length: targetLength }, (_, i) =>
    Math.min(start + Math.floor(Math.fround(i * scale)), end - 1),
  );
}

function emptyClassMap(length: number, classCount: number): ClassMap {
  if (classCount <= 2 ** 8) return new Uint8Array(length);
  return classCount <= 2 ** 16 ? new Uint16Array(length) : new Int32Array(length);
}
