import { present } from '@/lib/core/assert';
import { fillCells } from '@/lib/engines/training/augment/fill-cells';
import type { PlacedObject } from '@/lib/engines/training/augment/placed-object';
import type { ObjectBatch } from '@/lib/engines/training/batch/training-batch';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';

/** Pixels of an image for each cell of the prototypes, along each axis. */
const maskStride = 4;

/**
 * Most objects of one image, the largest of them: the loss compares each with every anchor, and a mosaic of four label files
 * without bounds must not use up the memory.
 */
const maximumObjects = 1000;

export type PackRequest = {
  readonly task: ObjectTask;
  /** [batch, 3, imgsz, imgsz], drawn already. */
  readonly images: Float32Array;
  readonly imgsz: number;
  /** The objects of each image. */
  readonly objects: readonly (readonly PlacedObject[])[];
  /** Of poses, 0 for others. */
  readonly keypointCount: number;
};

/** Lays the objects of a batch out as the step's graph takes them. */
export function packObjects({ task, images, imgsz, objects, keypointCount }: PackRequest): ObjectBatch {
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
  const masks = task === 'segment' ? masksOf(rows, imgsz / maskStride) : null;
  return { task, images, batch, height: imgsz, width: imgsz, columns, classIds, boxes, keypoints, masks };
}

function boxOf({ box, oriented }: PlacedObject): readonly number[] {
  if (oriented) return [oriented.cx, oriented.cy, oriented.width, oriented.height, oriented.angle];
  return [box.x1, box.y1, box.x2, box.y2];
}

function largestObjects(objects: readonly PlacedObject[]): readonly PlacedObject[] {
  if (objects.length <= maximumObjects) return objects;
  return [...objects].sort((one, other) => boxArea(other) - boxArea(one)).slice(0, maximumObjects);
}

function masksOf(rows: readonly (readonly PlacedObject[])[], side: number): Int32Array {
  const grid = { width: side, height: side };
  const masks = new Int32Array(rows.length * side * side);
  for (const [index, row] of rows.entries()) {
    const cells = masks.subarray(index * side * side, (index + 1) * side * side);
    const outlines = row.map(({ outline }) =>
      present(outline, 'the outline of a segment').map((at) => at / maskStride),
    );
    // Later ones lie on top.
    const largestFirst = Array.from(row.keys()).sort((one, other) => boxArea(row[other]) - boxArea(row[one]));
    for (const column of largestFirst) fillCells(cells, grid, outlines[column], column + 1);
  }
  return masks;
}

function boxArea({ box }: PlacedObject): number {
  return (box.x2 - box.x1) * (box.y2 - box.y1);
}
