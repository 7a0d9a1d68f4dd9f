/** Part of a rectangle; lengths in the units of the whole. */
export type Tile = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/**
 * Divides a rectangle into tiles whose areas are as the weights, each as square as can be (Bruls, Huizing, van Wijk: “Squarified
 * treemaps”). Weights must be positive; the largest first gives the best shapes. Tiles come in the order of the weights.
 */
export function squarify(weights: readonly number[], width: number, height: number): Tile[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum <= 0 || width <= 0 || height <= 0) return [];
  const areas = weights.map((weight) => (weight / sum) * width * height);
  const tiles: Tile[] = [];
  let rest: Tile = { x: 0, y: 0, width, height };
  for (let first = 0; first < areas.length; ) {
    const side = Math.min(rest.width, rest.height);
    let count = 1;
    while (first + count < areas.length && worst(areas, first, count + 1, side) <= worst(areas, first, count, side)) {
      count++;
    }
    const row = areas.slice(first, first + count);
    rest = layRow(row, rest, tiles);
    first += count;
  }
  return tiles;
}

/** The worst ratio of sides among the tiles of a row along a side of that length. */
function worst(areas: readonly number[], first: number, count: number, side: number): number {
  const row = areas.slice(first, first + count);
  const sum = row.reduce((total, area) => total + area, 0);
  const thickness = sum / side;
  return Math.max(...row.map((area) => ratio(thickness, area / thickness)));
}

function ratio(a: number, b: number): number {
  return Math.max(a / b, b / a);
}

/** Lays a row along the shorter side and gives what is left of the rectangle. */
function layRow(row: readonly number[], { x, y, width, height }: Tile, tiles: Tile[]): Tile {
  const sum = row.reduce((total, area) => total + area, 0);
  if (width >= height) {
    const thickness = sum / height;
    let top = y;
    for (const area of row) {
      tiles.push({ x, y: top, width: thickness, height: area / thickness });
      top += area / thickness;
    }
    return { x: x + thickness, y, width: width - thickness, height };
  }
  const thickness = sum / width;
  let left = x;
  for (const area of row) {
    tiles.push({ x: left, y, width: area / thickness, height: thickness });
    left += area / thickness;
  }
  return { x, y: y + thickness, width, height: height - thickness };
}
