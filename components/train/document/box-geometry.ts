import type { Box, ImagePoint, Size } from '@/lib/engines/geometry/shape';
import type { ObjectLabel } from '@/lib/engines/training/dataset/object-label';

/** Where a box can be taken hold of: its corners and the middles of its sides. */
export const handles = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;

export type Handle = (typeof handles)[number];

/** Shortest side of a box, in image pixels: less is a slip of the hand. */
const shortestSide = 2;

/** A label's box in pixels of its image. */
export function boxOfLabel({ box: { cx, cy, width, height } }: Pick<ObjectLabel, 'box'>, image: Size): Box {
  return {
    x1: (cx - width / 2) * image.width,
    y1: (cy - height / 2) * image.height,
    x2: (cx + width / 2) * image.width,
    y2: (cy + height / 2) * image.height,
  };
}

/** A box as labels hold it: centre and sides in fractions of the image. */
export function labelBox({ x1, y1, x2, y2 }: Box, image: Size): ObjectLabel['box'] {
  return {
    cx: (x1 + x2) / 2 / image.width,
    cy: (y1 + y2) / 2 / image.height,
    width: (x2 - x1) / image.width,
    height: (y2 - y1) / image.height,
  };
}

/** The box between two corners, whichever they are, as far as it lies in the image. */
export function boxBetween(one: ImagePoint, other: ImagePoint, image: Size): Box {
  const [a, b] = [inside(one, image), inside(other, image)];
  return { x1: Math.min(a.x, b.x), y1: Math.min(a.y, b.y), x2: Math.max(a.x, b.x), y2: Math.max(a.y, b.y) };
}

export function isLargeEnough({ x1, y1, x2, y2 }: Box): boolean {
  return x2 - x1 >= shortestSide && y2 - y1 >= shortestSide;
}

/** The box moved, and stopped at the image's edges. */
export function movedBox({ x1, y1, x2, y2 }: Box, deltaX: number, deltaY: number, image: Size): Box {
  const dx = within(deltaX, -x1, image.width - x2);
  const dy = within(deltaY, -y1, image.height - y2);
  return { x1: x1 + dx, y1: y1 + dy, x2: x2 + dx, y2: y2 + dy };
}

/** The box with one handle brought to a point; pulled beyond the other side it turns over. */
export function resizedBox({ x1, y1, x2, y2 }: Box, handle: Handle, { x, y }: ImagePoint, image: Size): Box {
  const left = handle.includes('w') ? x : x1;
  const right = handle.includes('e') ? x : x2;
  const top = handle.includes('n') ? y : y1;
  const bottom = handle.includes('s') ? y : y2;
  return boxBetween({ x: left, y: top }, { x: right, y: bottom }, image);
}

/** The box with its right and lower side moved, no smaller than a box may be. */
export function grownBox({ x1, y1, x2, y2 }: Box, deltaX: number, deltaY: number, image: Size): Box {
  return {
    x1,
    y1,
    x2: within(x2 + deltaX, x1 + shortestSide, image.width),
    y2: within(y2 + deltaY, y1 + shortestSide, image.height),
  };
}

/** A first box for hands that do not point: in the middle, a third of each side. */
export function centredBox({ width, height }: Size): Box {
  return { x1: width / 3, y1: height / 3, x2: (2 * width) / 3, y2: (2 * height) / 3 };
}

/** Where a handle is. */
export function handlePoint({ x1, y1, x2, y2 }: Box, handle: Handle): ImagePoint {
  const x = handle.includes('w') ? x1 : handle.includes('e') ? x2 : (x1 + x2) / 2;
  const y = handle.includes('n') ? y1 : handle.includes('s') ? y2 : (y1 + y2) / 2;
  return { x, y };
}

function inside({ x, y }: ImagePoint, { width, height }: Size): ImagePoint {
  return { x: within(x, 0, width), y: within(y, 0, height) };
}

function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
