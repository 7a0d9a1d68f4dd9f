/**
 * The eight neighbours, counter-clockwise as seen with y downwards, from the east: the chain code of H. Freeman (1961).
 */
const stepX = [1, 1, 0, -1, -1, -1, 0, 1] as const;
const stepY = [0, -1, -1, -1, 0, 1, 1, 1] as const;
const west = 4;

/** Marks of the working grid: untouched pixels are 1, border pixels become one of these. */
const passed = 2;
/** A border pixel whose right neighbour lies outside the part: here a scan line leaves it. */
const rightEdge = 3;

/**
 * The external contours of a binary mask, by border following (S. Suzuki and K. Abe, “Topological structural analysis of
 * digitized binary images by border following”, 1985): parts are 8-connected, parts within holes of others are left out,
 * straight runs are reduced to their end points. Points, their order and the order of contours are those of OpenCV's
 * `findContours` with RETR_EXTERNAL and CHAIN_APPROX_SIMPLE: the lowest part comes first.
 *
 * @param bits width × height, 1 inside, 0 outside.
 * @returns One ring of flat x, y pairs (pixel indices) per part.
 */
export function externalContours(bits: Uint8Array, width: number, height: number): Float32Array[] {
  const stride = width + 2;
  const grid = framed(bits, width, height);
  const rings: Float32Array[] = [];
  for (let y = 1; y <= height; y++) {
    let before = 0;
    let lastBorder = 0;
    for (let x = 1; x <= width; x++) {
      const at = y * stride + x;
      const value = grid[at];
      if (value === before) continue;
      if (before === 0 && value === 1 && lastBorder !== passed) rings.push(followBorder(grid, stride, x, y));
      // Following the border has marked this pixel.
      before = grid[at];
      if (before !== 0 && before !== 1) lastBorder = before;
    }
  }
  return rings.reverse();
}

/** The mask with a frame of zeros, so that no neighbour lies outside the array. */
function framed(bits: Uint8Array, width: number, height: number): Uint8Array {
  const stride = width + 2;
  const grid = new Uint8Array(stride * (height + 2));
  for (let y = 0; y < height; y++) grid.set(bits.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
  return grid;
}

/** Follows the border that starts at a pixel with nothing to its west, marking it, and returns the points where it turns. */
function followBorder(grid: Uint8Array, stride: number, startX: number, startY: number): Float32Array {
  const offsets = stepX.map((dx, code) => stepY[code] * stride + dx);
  const start = startY * stride + startX;
  const firstCode = firstNeighbour(grid, offsets, start);
  if (firstCode === null) {
    grid[start] = rightEdge;
    return Float32Array.of(startX - 1, startY - 1);
  }

  const last = start + offsets[firstCode];
  const points: number[] = [];
  let at = start;
  let x = startX;
  let y = startY;
  let cameFrom = firstCode;
  let previousCode = firstCode ^ 4;
  for (;;) {
    let code = cameFrom;
    do code = (code + 1) & 7;
    while (grid[at + offsets[code]] === 0);

    if (eastWasEmpty(cameFrom, code)) grid[at] = rightEdge;
    else if (grid[at] === 1) grid[at] = passed;
    if (code !== previousCode) points.push(x - 1, y - 1);
    previousCode = code;

    const next = at + offsets[code];
    if (next === start && at === last) return new Float32Array(points);
    at = next;
    x += stepX[code];
    y += stepY[code];
    cameFrom = (code + 4) & 7;
  }
}

/** The first set neighbour, clockwise from the west; null for a pixel that stands alone. */
function firstNeighbour(grid: Uint8Array, offsets: readonly number[], at: number): number | null {
  for (let turn = 1; turn < 8; turn++) {
    const code = (west - turn) & 7;
    if (grid[at + offsets[code]] !== 0) return code;
  }
  return null;
}

/** Whether the search from the neighbour after `cameFrom` to `code`, counter-clockwise, passed over the east. */
function eastWasEmpty(cameFrom: number, code: number): boolean {
  return code !== 0 && code <= cameFrom;
}
