import { minimumAreaRectangle } from '@/lib/engines/geometry/oriented-box';
import type { Box } from '@/lib/engines/geometry/shape';
import { type Affine, mapPoints, scaling } from '@/lib/engines/training/augment/affine';
import { boundsOf, boxHolds, clipToBox } from '@/lib/engines/training/augment/clip-to-box';
import type { PlacedObject } from '@/lib/engines/training/augment/placed-object';
import type { ObjectLabel, ObjectTask } from '@/lib/engines/training/dataset/object-label';

/** How the labels of one image come to lie in the augmented image. */
export type LabelPlacement = {
  readonly task: ObjectTask;
  /** The image on its canvas, and the part of it that is seen there. */
  readonly frame: Box;
  readonly visible: Box;
  /** From the canvas to the augmented image, and the size of things there. */
  readonly map: Affine;
  readonly scale: number;
  /** Sides of the augmented image, in pixels. */
  readonly imgsz: number;
  /** For each keypoint the one whose place it takes, where the image is mirrored; null for no change. */
  readonly flipIndices: readonly number[] | null;
};

/** The package's `box_candidates`: what is left of an object must still be worth learning. */
const smallestSide = 2;
const largestAspect = 100;
const smallestShareOfBox = 0.1;
/** Outlines say exactly what is seen, so that less of it is enough. */
const smallestShareOfOutline = 0.01;

/** The objects of an image that are still there after it was augmented. */
export function placeLabels(labels: readonly ObjectLabel[], placement: LabelPlacement): PlacedObject[] {
  return labels.flatMap((label) => placeLabel(label, placement) ?? []);
}

function placeLabel(label: ObjectLabel, placement: LabelPlacement): PlacedObject | null {
  const { task, frame, visible, map, imgsz } = placement;
  const { classId, box, outline } = label;
  const onCanvas = scaling(frame.x2 - frame.x1, frame.y2 - frame.y1, frame.x1, frame.y1);
  const shape = mapPoints(onCanvas, outline ?? cornersOf(box));
  const seen = clipToBox(mapPoints(map, clipToBox(shape, visible)), { x1: 0, y1: 0, x2: imgsz, y2: imgsz });
  if (seen.length < 6) return null;
  const bounds = boundsOf(seen);
  if (!isWorthLearning(bounds, label, placement)) return null;
  return {
    classId,
    box: bounds,
    oriented: task === 'obb' ? minimumAreaRectangle(seen) : null,
    outline: task === 'segment' ? seen : null,
    keypoints: task === 'pose' && label.keypoints ? placeKeypoints(label.keypoints, onCanvas, placement) : null,
  };
}

function cornersOf({ cx, cy, width, height }: ObjectLabel['box']): number[] {
  const [x1, y1, x2, y2] = [cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2];
  return [x1, y1, x2, y1, x2, y2, x1, y2];
}

function isWorthLearning({ x1, y1, x2, y2 }: Box, { box, outline }: ObjectLabel, placement: LabelPlacement): boolean {
  const width = x2 - x1;
  const height = y2 - y1;
  if (!(width > smallestSide && height > smallestSide)) return false;
  if (Math.max(width / height, height / width) >= largestAspect) return false;
  const { frame, scale } = placement;
  const before = box.width * (frame.x2 - frame.x1) * box.height * (frame.y2 - frame.y1) * scale ** 2;
  return width * height > before * (outline ? smallestShareOfOutline : smallestShareOfBox);
}

function placeKeypoints(keypoints: Float32Array, onCanvas: Affine, placement: LabelPlacement): Float32Array {
  const { visible, map, imgsz, flipIndices } = placement;
  const image = { x1: 0, y1: 0, x2: imgsz, y2: imgsz };
  const placed = new Float32Array(keypoints.length);
  for (let k = 0; k < keypoints.length / 3; k++) {
    const from = 3 * (flipIndices?.[k] ?? k);
    if (keypoints[from + 2] === 0) continue;
    const [canvasX, canvasY] = mapPoints(onCanvas, keypoints.subarray(from, from + 2));
    const [x, y] = mapPoints(map, [canvasX, canvasY]);
    if (!boxHolds(visible, canvasX, canvasY) || !boxHolds(image, x, y)) continue;
    placed.set([x, y, keypoints[from + 2]], 3 * k);
  }
  return placed;
}
