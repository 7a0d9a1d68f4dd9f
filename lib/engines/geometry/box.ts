import type { Box, Size } from '@/lib/engines/geometry/shape';

/** The box of a centre and side lengths (xywh → xyxy), rounded to single precision at each step as the networks' frameworks do. */
export function boxFromCentre(cx: number, cy: number, width: number, height: number): Box {
  const halfWidth = Math.fround(width / 2);
  const halfHeight = Math.fround(height / 2);
  return {
    x1: Math.fround(cx - halfWidth),
    y1: Math.fround(cy - halfHeight),
    x2: Math.fround(cx + halfWidth),
    y2: Math.fround(cy + halfHeight),
  };
}

/** Each corner moved into the image; a box wholly outside becomes a line or a point on its edge. */
export function clipBox(box: Box, image: Size): Box {
  return {
    x1: clamp(box.x1, image.width),
    y1: clamp(box.y1, image.height),
    x2: clamp(box.x2, image.width),
    y2: clamp(box.y2, image.height),
  };
}

/** Intersection over union, 0–1; 0 for boxes without area. */
export function intersectionOverUnion(a: Box, b: Box): number {
  const width = Math.max(0, Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1));
  const height = Math.max(0, Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1));
  const intersection = width * height;
  if (intersection === 0) return 0;
  return intersection / (boxArea(a) + boxArea(b) - intersection);
}

function boxArea(box: Box): number {
  return (box.x2 - box.x1) * (box.y2 - box.y1);
}

function clamp(value: number, limit: number): number {
  return Math.min(Math.max(value, 0), limit);
}
