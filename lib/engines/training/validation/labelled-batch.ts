import { placeLabels } from '@/lib/engines/training/augment/place-labels';
import { packObjects } from '@/lib/engines/training/batch/pack-objects';
import type { TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import type { TrainingSet } from '@/lib/engines/training/batch/training-set';
import type { ValidationBatch } from '@/lib/engines/training/batch/validation-batches';

/** A whole batch of validation images with their labels, as a loss takes them: nothing is random, and nothing is moved. */
export function labelledBatch(set: TrainingSet, { images, items }: ValidationBatch, imgsz: number): TrainingBatch {
  if (set.task === 'classify') {
    const classIds = Int32Array.from(items, ({ index }) => set.images[index].classId);
    return { task: 'classify', images, batch: items.length, height: imgsz, width: imgsz, classIds };
  }
  const objects = items.map(({ index, placement: { left, top, resized } }) => {
    const frame = { x1: left, y1: top, x2: left + resized.width, y2: top + resized.height };
    const map = { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 };
    const placement = { task: set.task, frame, visible: frame, map, scale: 1, imgsz, flipIndices: null };
    return placeLabels(set.images[index].labels, placement);
  });
  return packObjects({
    task: set.task,
    images,
    input: { width: imgsz, height: imgsz },
    objects,
    keypointCount: set.skeleton?.keypoints.count ?? 0,
  });
}
