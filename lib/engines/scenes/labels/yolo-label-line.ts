import { orientedBoxCorners } from '@/lib/engines/geometry/oriented-box';
import { joinRings, ringArea } from '@/lib/engines/geometry/polygon';
import type { Size } from '@/lib/engines/geometry/shape';
import type { SceneObject } from '@/lib/engines/scenes/labels/scene-object';
import { simplifyRing } from '@/lib/engines/scenes/labels/simplify-ring';
import { classesOf, type SceneTask } from '@/lib/engines/scenes/scene-classes';

/** Outlines may leave the pixels' edges by this much. */
const outlineTolerance = 0.75;

/** Parts smaller than this share of the largest are crumbs that an annotator would leave out. */
const smallestPart = 0.03;

/**
 * The line of a YOLO label file for an object: class id, then fractions of the picture with six decimals: `cx cy w h` (detect), an outline
 * (segment; parts are joined by bridges), `cx cy w h` and x, y, visibility of each keypoint (pose), four corners (obb). Null for an
 * object of a class that the task does not have.
 */
export function yoloLabelLine(object: SceneObject, task: Exclude<SceneTask, 'classify'>, size: Size): string | null {
  const classId = classesOf[task].indexOf(object.className);
  if (classId < 0) return null;
  return [classId, ...valuesOf(object, task, size).map((value) => String(Number(value.toFixed(6))))].join(' ');
}

function valuesOf(object: SceneObject, task: Exclude<SceneTask, 'classify'>, size: Size): number[] {
  switch (task) {
    case 'detect':
      return boxValues(object, size);
    case 'segment':
      return fractions(outlineOf(object), size);
    case 'pose':
      return [...boxValues(object, size), ...keypointValues(object, size)];
    case 'obb':
      return fractions(
        orientedBoxCorners(object.orientedBox).flatMap(({ x, y }) => [x, y]),
        size,
      );
  }
}

/** One outline around all parts that matter. */
function outlineOf({ outlines }: SceneObject): Float32Array {
  const largest = ringArea(outlines[0]);
  const parts = outlines.filter((ring) => ringArea(ring) >= largest * smallestPart);
  return joinRings(parts.map((ring) => simplifyRing(ring, outlineTolerance)));
}

function boxValues({ box: { x1, y1, x2, y2 } }: SceneObject, { width, height }: Size): number[] {
  return [(x1 + x2) / 2 / width, (y1 + y2) / 2 / height, (x2 - x1) / width, (y2 - y1) / height];
}

function fractions(points: ArrayLike<number>, { width, height }: Size): number[] {
  return Array.from(points, (value, k) => value / (k % 2 === 0 ? width : height));
}

function keypointValues({ keypoints }: SceneObject, { width, height }: Size): number[] {
  return Array.from(keypoints ?? [], (value, k) => [value / width, value / height, value][k % 3]);
}
