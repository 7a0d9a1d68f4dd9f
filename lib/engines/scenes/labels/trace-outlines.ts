/** The pixels of one owner. */
export type PixelSet = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly has: (x: number, y: number) => boolean;
};

/** Right, down, left, up. */
const stepX = [1, 0, -1, 0] as const;
const stepY = [0, 1, 0, -1] as const;

/**
 * The outer outlines of a set of pixels along the pixels' edges, so that the area inside is exactly the pixels' (holes aside), the
 * largest first. Parts that touch at a corner only are apart. Flat x, y pairs, turning points only, clockwise as seen with y downwards.
 */
export function traceOutlines(pixels: PixelSet): Float32Array[] {
  const { left, top, right, bottom, has } = pixels;
  const width = right - left + 1;
  const inside = (x: number, y: number) => x >= left && x < right && y >= top && y < bottom && has(x, y);
  const passed = new Uint8Array(width * (bottom - top + 1));
  const outlines: { ring: Float32Array; area: number }[] = [];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const isUpperEdge = inside(x, y) && !inside(x, y - 1);
      if (!isUpperEdge || passed[(y - top) * width + x - left] !== 0) continue;
      const outline = follow(x, y, inside, (px, py) => {
        passed[(py - top) * width + px - left] = 1;
      });
      // Borders of holes run the other way.
      if (outline.area > 0) outlines.push(outline);
    }
  }
  return outlines.sort((one, other) => other.area - one.area).map(({ ring }) => ring);
}

/** Walks along the edges with the pixels at the right hand; `onUpperEdge` hears of each pixel whose upper edge is passed. */
function follow(
  startX: number,
  startY: number,
  inside: (x: number, y: number) => boolean,
  onUpperEdge: (x: number, y: number) => void,
): { ring: Float32Array; area: number } {
  const points: number[] = [];
  let [x, y, direction] = [startX, startY, 0];
  let twiceArea = 0;
  do {
    if (direction === 0) onUpperEdge(x, y);
    const nextX = x + stepX[direction];
    const nextY = y + stepY[direction];
    twiceArea += x * nextY - nextX * y;
    [x, y] = [nextX, nextY];
    const turned = turnAt(x, y, direction, inside);
    if (turned !== direction) points.push(x, y);
    direction = turned;
  } while (x !== startX || y !== startY || direction !== 0);
  return { ring: Float32Array.from(points), area: twiceArea / 2 };
}

/** Where to go on at a crossing of four pixels: as far right as the set allows, so that corners that touch stay apart. */
function turnAt(x: number, y: number, direction: number, inside: (x: number, y: number) => boolean): number {
  // The pixels ahead to the right and to the left of each direction.
  const [rightX, rightY] = [
    [0, 0],
    [-1, 0],
    [-1, -1],
    [0, -1],
  ][direction];
  const [leftX, leftY] = [
    [0, -1],
    [0, 0],
    [-1, 0],
    [-1, -1],
  ][direction];
  if (!inside(x + rightX, y + rightY)) return (direction + 1) & 3;
  return inside(x + leftX, y + leftY) ? (direction + 3) & 3 : direction;
}
