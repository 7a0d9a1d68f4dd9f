import type { Box, ImagePoint, OrientedBox } from '@/lib/engines/geometry/shape';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import { isKeypointShown } from '@/lib/engines/overlay/skeleton';
import type { Detection, InstanceMask, VisionResult } from '@/lib/engines/vision/vision-result';

/** How far from a stroke or a keypoint the pointer may be, in screen pixels. */
const REACH_PIXELS = 5;

/**
 * `Detection.index` of what lies under the point, or null. Of several the smallest wins, so that a small object before a
 * large one can be reached; a keypoint wins over any area. Masks are tested by their bits while they are shown, rotated
 * boxes in their own frame. Hidden classes are not there.
 */
export function hitTest(result: VisionResult, point: ImagePoint, view: OverlayView): number | null {
  if (!('detections' in result)) return null;
  const reach = REACH_PIXELS / view.scale;
  let best: number | null = null;
  let bestArea = Number.POSITIVE_INFINITY;
  for (const detection of result.detections) {
    if (view.hiddenClasses.has(detection.classId)) continue;
    const area = hitArea(detection, point, view, reach);
    if (area === null || area >= bestArea) continue;
    best = detection.index;
    bestArea = area;
  }
  return best;
}

/** Area in image pixels of the part of the detection that was hit (a keypoint: −1 / its distance), or null for a miss. */
function hitArea(detection: Detection, point: ImagePoint, view: OverlayView, reach: number): number | null {
  const { box, oriented, mask, keypoints } = detection;
  const area = (box.x2 - box.x1) * (box.y2 - box.y1);
  if (keypoints && view.showKeypoints) {
    const shown = keypoints.filter(isKeypointShown);
    const nearest = Math.min(...shown.map(({ x, y }) => Math.hypot(x - point.x, y - point.y)));
    if (nearest <= reach) return -1 / Math.max(nearest, 1e-6);
  }
  if (oriented) return isInOriented(oriented, point, reach) ? oriented.width * oriented.height : null;
  if (!isInBox(box, point, reach)) return null;
  if (!mask || !view.showMasks) return area;
  if (isInMask(mask, point)) return area;
  return view.showBoxes && !isInBox(box, point, -reach) ? area : null;
}

function isInBox({ x1, y1, x2, y2 }: Box, { x, y }: ImagePoint, reach: number): boolean {
  return x >= x1 - reach && x <= x2 + reach && y >= y1 - reach && y <= y2 + reach;
}

function isInOriented({ cx, cy, width, height, angle }: OrientedBox, point: ImagePoint, reach: number): boolean {
  const x = point.x - cx;
  const y = point.y - cy;
  const along = x * Math.cos(angle) + y * Math.sin(angle);
  const across = y * Math.cos(angle) - x * Math.sin(angle);
  return Math.abs(along) <= width / 2 + reach && Math.abs(across) <= height / 2 + reach;
}

function isInMask({ left, top, width, height, bits, grid }: InstanceMask, point: ImagePoint): boolean {
  const column = Math.floor(point.x * grid.scale + grid.offsetX) - left;
  const row = Math.floor(point.y * grid.scale + grid.offsetY) - top;
  if (column < 0 || row < 0 || column >= width || row >= height) return false;
  return bits[row * width + column] === 1;
}
