import type { Box } from '@/lib/engines/geometry/shape';

/** One label to place. All lengths are screen pixels. */
export type LabelRequest = {
  /** The object on the screen; may reach out of bounds. */
  readonly box: Box;
  /** Size of its chip. */
  readonly width: number;
  readonly height: number;
  /** Hovered or selected: shown in full whatever it covers. */
  readonly pinned: boolean;
};

export type LabelPlacement =
  /** `x`, `y`: top-left corner of the chip. */
  | { readonly kind: 'chip'; readonly x: number; readonly y: number }
  /** `x`, `y`: centre of the dot. */
  | { readonly kind: 'dot'; readonly x: number; readonly y: number }
  /** The object is out of bounds. */
  | { readonly kind: 'none' };

/** Chips may cover this share of the bounds; beyond it a picture is all labels, and the rest become dots. */
const CHIP_AREA_SHARE = 0.2;
/** How often a chip slides past an occupied stretch of its edge before the next edge is tried. */
const MAX_SLIDES = 4;
const CELL_WIDTH = 96;
const CELL_HEIGHT = 32;

/**
 * Places label chips within the bounds (the visible part of the image) so that none hides another: outside the box at its top edge, inside where the image border leaves no
 * room, then along the other edges; what fits nowhere becomes a dot at the box's corner. Earlier requests win, so pass the
 * most certain first. Deterministic; the grid makes it linear in the number of labels. Pinned labels are settled last, on top
 * of the others, so that hovering never makes unrelated labels jump.
 */
export function layoutLabels(requests: readonly LabelRequest[], bounds: Box): LabelPlacement[] {
  const taken = new OccupancyGrid(bounds);
  const budget = (bounds.x2 - bounds.x1) * (bounds.y2 - bounds.y1) * CHIP_AREA_SHARE;
  let used = 0;
  return requests.map((request): LabelPlacement => {
    if (!isVisible(request.box, bounds)) return { kind: 'none' };
    const area = request.width * request.height;
    const spot = used + area <= budget ? freeSpot(request, bounds, taken) : null;
    if (spot) {
      used += area;
      taken.add(spot.x, spot.y, request.width, request.height);
      return { kind: 'chip', ...spot };
    }
    if (request.pinned) return { kind: 'chip', ...preferredSpot(request, bounds) };
    return {
      kind: 'dot',
      x: clamp(request.box.x1, bounds.x1, bounds.x2),
      y: clamp(request.box.y1, bounds.y1, bounds.y2),
    };
  });
}

type Spot = { readonly x: number; readonly y: number };

function freeSpot(request: LabelRequest, bounds: Box, taken: OccupancyGrid): Spot | null {
  const { box, width, height } = request;
  const right = Math.max(box.x1, box.x2 - width);
  const insideBottom = box.y2 - height;
  const rows = [box.y1 - height, box.y1, box.y2, insideBottom];
  for (const row of rows) {
    const y = clampY(row, height, bounds);
    // A row pushed away from its edge by the border would float; only the top row may slide inside.
    if (Math.abs(y - row) > height && row !== rows[0]) continue;
    const spot = slideAlong(clampX(box.x1, width, bounds), clampX(right, width, bounds), y, request, taken);
    if (spot) return spot;
  }
  return null;
}

function slideAlong(from: number, to: number, y: number, request: LabelRequest, taken: OccupancyGrid): Spot | null {
  let x = from;
  for (let slide = 0; slide <= MAX_SLIDES; slide++) {
    const obstacle = taken.rightEdgeOfObstacle(x, y, request.width, request.height);
    if (obstacle === null) return { x, y };
    if (obstacle > to) return null;
    x = obstacle;
  }
  return null;
}

function preferredSpot({ box, width, height }: LabelRequest, bounds: Box): Spot {
  return { x: clampX(box.x1, width, bounds), y: clampY(box.y1 - height, height, bounds) };
}

function clampX(x: number, width: number, bounds: Box): number {
  return clamp(x, bounds.x1, bounds.x2 - width);
}

function clampY(y: number, height: number, bounds: Box): number {
  return clamp(y, bounds.y1, bounds.y2 - height);
}

function isVisible(box: Box, bounds: Box): boolean {
  return box.x2 >= bounds.x1 && box.y2 >= bounds.y1 && box.x1 <= bounds.x2 && box.y1 <= bounds.y2;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** Placed chips by the cells they touch: a question looks at a handful of chips instead of all. */
class OccupancyGrid {
  private readonly columns: number;
  private readonly rows: number;
  private readonly cells: (number[] | undefined)[];
  /** Four numbers a chip: left, top, right, bottom. */
  private readonly edges: number[] = [];

  constructor(private readonly bounds: Box) {
    this.columns = Math.max(1, Math.ceil((bounds.x2 - bounds.x1) / CELL_WIDTH));
    this.rows = Math.max(1, Math.ceil((bounds.y2 - bounds.y1) / CELL_HEIGHT));
    this.cells = new Array(this.columns * this.rows);
  }

  add(x: number, y: number, width: number, height: number): void {
    const start = this.edges.length;
    this.edges.push(x, y, x + width, y + height);
    const range = this.range(x, y, width, height);
    for (let row = range.top; row <= range.bottom; row++) {
      for (let column = range.left; column <= range.right; column++) {
        const key = row * this.columns + column;
        const cell = this.cells[key];
        if (cell) cell.push(start);
        else this.cells[key] = [start];
      }
    }
  }

  /** Right edge of the rightmost chip that overlaps the rectangle, or null when it is free. Touching is free. */
  rightEdgeOfObstacle(x: number, y: number, width: number, height: number): number | null {
    const { edges } = this;
    const range = this.range(x, y, width, height);
    let found: number | null = null;
    for (let row = range.top; row <= range.bottom; row++) {
      for (let column = range.left; column <= range.right; column++) {
        for (const start of this.cells[row * this.columns + column] ?? []) {
          const [left = 0, top = 0, right = 0, bottom = 0] = [
            edges[start],
            edges[start + 1],
            edges[start + 2],
            edges[start + 3],
          ];
          if (left >= x + width || right <= x || top >= y + height || bottom <= y) continue;
          if (found === null || right > found) found = right;
        }
      }
    }
    return found;
  }

  private range(x: number, y: number, width: number, height: number) {
    const left = x - this.bounds.x1;
    const top = y - this.bounds.y1;
    return {
      left: clamp(Math.floor(left / CELL_WIDTH), 0, this.columns - 1),
      right: clamp(Math.floor((left + width) / CELL_WIDTH), 0, this.columns - 1),
      top: clamp(Math.floor(top / CELL_HEIGHT), 0, this.rows - 1),
      bottom: clamp(Math.floor((top + height) / CELL_HEIGHT), 0, this.rows - 1),
    };
  }
}
