import { assert } from '@/lib/core/assert';
import { maskStride } from '@/lib/engines/training/batch/mask-stride';
import type { ObjectBatch, TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';
import type { HostTensor } from '@/lib/engines/vision/session';

/** Numbers of a box in a batch. */
function boxLength(task: ObjectTask): number {
  return task === 'obb' ? 5 : 4;
}

/** A batch as the inputs of a step: its images and its labels, named as in `TrainingBatch`. */
export function batchFeeds(batch: TrainingBatch, channels = 3): Readonly<Record<string, HostTensor>> {
  const { images, batch: count, height, width } = batch;
  const dims = [count, channels, height, width];
  assert(images.length === dims.reduce((product, side) => product * side, 1), `images of a batch are [${dims}]`);
  const seen: HostTensor = { type: 'float32', data: images, dims };
  if (batch.task === 'classify') {
    return { images: seen, classIds: { type: 'int32', data: batch.classIds, dims: [count] } };
  }
  return { images: seen, ...labelFeeds(batch) };
}

function labelFeeds(batch: ObjectBatch): Readonly<Record<string, HostTensor>> {
  const { task, batch: count, columns, height, width, keypoints, masks } = batch;
  const rows = [count, columns];
  const maskDims = [count, height / maskStride, width / maskStride];
  return {
    classIds: { type: 'int32', data: batch.classIds, dims: rows },
    boxes: { type: 'float32', data: batch.boxes, dims: [...rows, boxLength(task)] },
    ...(keypoints === null
      ? {}
      : {
          keypoints: { type: 'float32', data: keypoints, dims: [...rows, keypoints.length / (3 * count * columns), 3] },
        }),
    ...(masks === null ? {} : { masks: { type: 'int32', data: masks, dims: maskDims } }),
  };
}
