import { minimumAreaRectangle } from '@/lib/engines/geometry/oriented-box';
import type { Box } from '@/lib/engines/geometry/shape';
import { type Affine, composed, mapPoints, scaling } from '@/lib/engines/training/augment/affine';
import {
  boundsWithin,
  type ConvexRegion,
  clipToRegion,
  convexRegion,
  cornersOfBox,
  regionHolds,
} from '@/lib/engines/training/augment/convex-region';
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
  const { frame, visible, map, imgsz } = placement;
  const image = convexRegion(cornersOfBox({ x1: 0, y1: 0, x2: imgsz, y2: imgsz }));
  const seen = clipToRegion(mapPoints(map, cornersOfBox(visible)), image);
  if (seen.length < 6) return [];
  const region = convexRegion(seen);
  const onto = composed(map, scaling(frame.x2 - frame.x1, frame.y2 - frame.y1, frame.x1, frame.y1));
  return labels.flatMap((label) => placeLabel(label, placement, onto, region) ?? []);
}

/**
 * @param onto From fractions of the label's image to the augmented image.
 * @param region What is seen of the label's image there.
 */
function placeLabel(
  label: ObjectLabel,
  { task, frame, scale, flipIndices }: LabelPlacement,
  onto: Affine,
  region: ConvexRegion,
): PlacedObject | null {
  const shape = mapPoints(onto, label.outline ?? cornersOf(label.box));
  const box = boundsWithin(shape, region);
  const before = label.box.width * (frame.x2 - frame.x1) * label.box.height * (frame.y2 - frame.y1) * scale ** 2;
  const smallestShare = label.outline ? smallestShareOfOutline : smallestShareOfBox;
  if (box === null || !isWorthLearning(box, before * smallestShare)) return null;
  const hasOutline = task === 'segment' || task === 'obb';
  const outline = hasOutline ? clipToRegion(shape, region) : null;
  return {
    classId: label.classId,
    box,
    oriented: task === 'obb' && outline ? minimumAreaRectangle(outline) : null,
    outline: task === 'segment' ? outline : null,
    keypoints: label.keypoints && placeKeypoints(label.keypoints, flipIndices, onto, region),
  };
}

function isWorthLearning({ x1, y1, x2, y2 }: Box, smallestArea: number): boolean {
  const width = x2 - x1;
  const height = y2 - y1;
  if (!(width > smallestSide && height > smallestSide)) return false;
  return Math.max(width / height, height / width) < largestAspect && width * height > smallestArea;
}

function cornersOf({ cx, cy, width, height }: ObjectLabel['box']): Float64Array {
  return cornersOfBox({ x1: cx - width / 2, y1: cy - height / 2, x2: cx + width / 2, y2: cy + height / 2 });
}

function placeKeypoints(
  keypoints: Float32Array,
  flipIndices: readonly number[] | null,
  onto: Affine,
  region: ConvexRegion,
): Float32Array {
  const placed = new Float32Array(keypoints.length);
  for (let k = 0; k < keypoints.length / 3; k++) {
    const from = 3 * (flipIndices?.[k] ?? k);
    if (keypoints[from + 2] === 0) continue;
    const [x, y] = mapPoints(onto, keypoints.subarray(from, from + 2));
    if (regionHolds(region, x, y)) placed.set([x, y, keypoints[from + 2]], 3 * k);
  }
  return placed;
}
