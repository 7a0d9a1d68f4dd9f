import { maskStride } from '@/lib/engines/training/batch/mask-stride';
import type { ObjectBatch, TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import type { Instances } from '@/lib/engines/training/evaluation/instances';
import { mostTiles, type SheetObject, type SheetTile } from '@/lib/engines/training/plots/picture-sheet';

/** The first images of a batch with their labels; a classified image is an object as large as itself. */
export function tilesOfBatch(batch: TrainingBatch): SheetTile[] {
  const { images, height, width } = batch;
  const length = 3 * height * width;
  return Array.from({ length: Math.min(batch.batch, mostTiles) }, (_, index) => ({
    planes: images.subarray(index * length, (index + 1) * length),
    objects: batch.task === 'classify' ? [wholeImage(batch.classIds[index], 1, width)] : labelsOf(batch, index),
  }));
}

/** An object that fills its tile. */
export function wholeImage(classId: number, score: number, side: number): SheetObject {
  const box = { x1: 0, y1: 0, x2: side, y2: side };
  return { classId, score, box, oriented: null, keypoints: null, mask: null };
}

function labelsOf({ task, columns, classIds, boxes, keypoints, masks, height, width }: ObjectBatch, index: number) {
  const objects: SheetObject[] = [];
  const cells = (height / maskStride) * (width / maskStride);
  const ownMasks = masks?.subarray(index * cells, (index + 1) * cells);
  for (let column = 0; column < columns; column++) {
    const at = index * columns + column;
    if (classIds[at] < 0) continue;
    const points = keypoints === null ? 0 : keypoints.length / classIds.length;
    const [a, b, c, d] = boxes.subarray(at * (task === 'obb' ? 5 : 4));
    objects.push({
      classId: classIds[at],
      score: 1,
      box: { x1: a, y1: b, x2: c, y2: d },
      oriented: task === 'obb' ? { cx: a, cy: b, width: c, height: d, angle: boxes[at * 5 + 4] } : null,
      keypoints: keypoints?.subarray(at * points, (at + 1) * points) ?? null,
      mask: ownMasks ? Uint8Array.from(ownMasks, (value) => (value === column + 1 ? 1 : 0)) : null,
    });
  }
  return objects;
}

/** Labelled or predicted objects of an image that was evaluated; `scores` fall, and what is not above `least` is left out. */
export function tileObjects(instances: Instances, scores: ArrayLike<number> | null, least: number): SheetObject[] {
  return Array.from(instances.classIds, (classId, k) => ({
    classId,
    score: scores?.[k] ?? 1,
    box: instances.boxes[k],
    oriented: instances.oriented?.[k] ?? null,
    keypoints: instances.keypoints?.[k] ?? null,
    mask: instances.masks === null ? null : unpacked(instances.masks.masks[k], instances.masks.cells),
  })).filter(({ score }) => score > least);
}

function unpacked(words: Uint32Array, cells: number): Uint8Array {
  return Uint8Array.from({ length: cells }, (_, k) => (words[k >> 5] >>> (k & 31)) & 1);
}
