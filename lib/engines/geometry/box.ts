import type { Box } from '@/lib/engines/geometry/shape';

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
