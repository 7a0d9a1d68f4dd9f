import { present } from '@/lib/core/assert';
import type { Size } from '@/lib/engines/geometry/shape';
import type { PlacedObject } from '@/lib/engines/training/augment/placed-object';
import { maskStride } from '@/lib/engines/training/batch/mask-stride';
import type { ObjectBatch } from '@/lib/engines/training/batch/training-batch';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';
import { stackedMasks } from '@/lib/engines/training/evaluation/labelled-masks';

/**
 * Most objects of one image, the largest of them: the loss compares each with every anchor, and a mosaic of four label files
 * without bounds must not use up the memory.
 */
const maximumObjects = 1000;

export type PackRequest = {
  readonly task: ObjectTask;
  /** [batch, 3, height, width], drawn already. */
  readonly images: Float32Array;
  /** Pixels of an image; multiples of the network's stride. */
  readonly input: Size;
  /** The objects of each image. */
  readonly objects: readonly (readonly PlacedObject[])[];
  /** Of poses, 0 for others. */
  readonly keypointCount: number;
};

/** Lays the objects of a batch out as the step's graph takes them. */
export function packObjects({ task, images, input, objects, keypointCount }: PackRequest): ObjectBatch {
  const rows = objects.map(largestObjects);
  const batch = rows.length;
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const boxValues = task === 'obb' ? 5 : 4;
  const classIds = new Int32Array(batch * columns).fill(-1);
  const boxes = new Float32Array(batch * columns * boxValues);
  const keypoints = task === 'pose' ? new Float32Array(batch * columns * keypointCount * 3) : null;
  for (const [index, row] of rows.entries()) {
    for (const [column, object] of row.entries()) {
      const at = index * columns + column;
      classIds[at] = object.classId;
      boxes.set(boxOf(object), at * boxValues);
      if (keypoints && object.keypoints) keypoints.set(object.keypoints, at * keypointCount * 3);
    }
  }
  const masks = task === 'segment' ? masksOf(rows, input) : null;
  return { task, images, batch, ...input, columns, classIds, boxes, keypoints, masks };
}

function boxOf({ box, oriented }: PlacedObject): readonly number[] {
  if (oriented) return [oriented.cx, oriented.cy, oriented.width, oriented.height, oriented.angle];
  return [box.x1, box.y1, box.x2, box.y2];
}

function largestObjects(objects: readonly PlacedObject[]): readonly PlacedObject[] {
  if (objects.length <= maximumObjects) return objects;
  return [...objects].sort((one, other) => boxArea(other) - boxArea(one)).slice(0, maximumObjects);
}

/** Drawn as those that masks are measured by. */
function masksOf(rows: readonly (readonly PlacedObject[])[], input: Size): Int32Array {
  const grid = { width: input.width / maskStride, height: input.height / maskStride };
  const area = grid.width * grid.height;
  const masks = new Int32Array(rows.length * area);
  for (const [index, row] of rows.entries()) {
    const cells = masks.subarray(index * area, (index + 1) * area);
    const outlines = row.map(({ outline }) => Float32Array.from(present(outline, 'the outline of a segment')));
    for (const [column, mask] of stackedMasks(outlines, input, grid).entries()) {
      for (let cell = 0; cell < area; cell++) if (mask[cell] === 1) cells[cell] = column + 1;
    }
  }
  return masks;
}

function boxArea({ box }: PlacedObject): number {
  return (box.x2 - box.x1) * (box.y2 - box.y1);
}
