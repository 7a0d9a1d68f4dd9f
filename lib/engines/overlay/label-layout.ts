import type { Box, Size } from '@/lib/engines/geometry/shape';

/** One label to place. All lengths are screen pixels. */
export type LabelRequest = {
  /** The object on the screen; may reach outside the viewport. */
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
  /** The object is outside the viewport. */
  | { readonly kind: 'none' };

/** Chips may cover this share of the viewport; beyond it a picture is all labels, and the rest become dots. */
const CHIP_AREA_SHARE = 0.2;
/** How often a chip slides past an occupied stretch of its edge before the next edge is tried. */
const MAX_SLIDES = 4;
const CELL_WIDTH = 96;
const CELL_HEIGHT = 32;

/**
 * Places label chips so that none hides another: outside the box at its top edge, inside where the image border leaves no
 * room, then along the other edges; what fits nowhere becomes a dot at the box's corner. Earlier requests win, so pass the
 * most certain first. Deterministic; the grid makes it linear in the number of labels. Pinned labels are settled last, on top
 * of the others, so that hovering never makes unrelated labels jump.
 */
export function layoutLabels(requests: readonly LabelRequest[], viewport: Size): LabelPlacement[] {
  const taken = new OccupancyGrid(viewport);
  const budget = viewport.width * viewport.height * CHIP_AREA_SHARE;
  let used = 0;
  return requests.map((request): LabelPlacement => {
    if (!isVisible(request.box, viewport)) return { kind: 'none' };
    const area = request.width * request.height;
    const spot = used + area <= budget ? freeSpot(request, viewport, taken) : null;
    if (spot) {
      used += area;
      taken.add(spot.x, spot.y, request.width, request.height);
      return { kind: 'chip', ...spot };
    }
    if (request.pinned) return { kind: 'chip', ...preferredSpot(request, viewport) };
    return {
      kind: 'dot',
      x: clamp(request.box.x1, 0, viewport.width),
      y: clamp(request.box.y1, 0, viewport.height),
    };
  });
}

type Spot = { readonly x: number; readonly y: number };

function freeSpot(request: LabelRequest, viewport: Size, taken: OccupancyGrid): Spot | null {
  const { box, width, height } = request;
  const right = Math.max(box.x1, box.x2 - width);
  const insideBottom = box.y2 - height;
  const rows = [box.y1 - height, box.y1, box.y2, insideBottom];
  for (const row of rows) {
    const y = clamp(row, 0, viewport.height - height);
    // A row pushed away from its edge by the border would float; only the top row may slide inside.
    if (Math.abs(y - row) > height && row !== rows[0]) continue;
    const spot = slideAlong(clampX(box.x1, width, viewport), clampX(right, width, viewport), y, request, taken);
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

function preferredSpot({ box, width, height }: LabelRequest, viewport: Size): Spot {
  return { x: clampX(box.x1, width, viewport), y: clamp(box.y1 - height, 0, viewport.height - height) };
}

function clampX(x: number, width: number, viewport: Size): number {
  return clamp(x, 0, viewport.width - width);
}

function isVisible(box: Box, viewport: Size): boolean {
  return box.x2 >= 0 && box.y2 >= 0 && box.x1 <= viewport.width && box.y1 <= viewport.height;
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

  constructor(viewport: Size) {
    this.columns = Math.max(1, Math.ceil(viewport.width / CELL_WIDTH));
    this.rows = Math.max(1, Math.ceil(viewport.height / CELL_HEIGHT));
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
    return {
      left: clamp(Math.floor(x / CELL_WIDTH), 0, this.columns - 1),
      right: clamp(Math.floor((x + width) / CELL_WIDTH), 0, this.columns - 1),
      top: clamp(Math.floor(y / CELL_HEIGHT), 0, this.rows - 1),
      bottom: clamp(Math.floor((y + height) / CELL_HEIGHT), 0, this.rows - 1),
    };
  }
}
