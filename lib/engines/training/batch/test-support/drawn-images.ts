import { Fault } from '@/lib/core/fault';
import { createRandom } from '@/lib/engines/training/augment/seeded-random';
import type { DecodeImage } from '@/lib/engines/training/batch/image-cache';
import type { ObjectSet } from '@/lib/engines/training/batch/training-set';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';
import type { LabelledImage } from '@/lib/engines/training/dataset/read-label-files';

/** A data set of so many images `/0` to `/n`, each of one colour and with one object whose class is its number. */
export function drawnSet(count: number, task: ObjectTask = 'detect'): ObjectSet {
  const images = Array.from({ length: count }, (_, classId): LabelledImage => {
    const outline = task === 'segment' || task === 'obb' ? [0.2, 0.2, 0.8, 0.2, 0.8, 0.8, 0.2, 0.8] : null;
    return {
      path: `/${classId}`,
      labels: [
        {
          classId,
          box: { cx: 0.5, cy: 0.5, width: 0.6, height: 0.6 },
          outline: outline && Float32Array.from(outline),
          keypoints: task === 'pose' ? Float32Array.of(0.3, 0.3, 2, 0.6, 0.5, 1) : null,
        },
      ],
    };
  });
  return { task, images, skeleton: task === 'pose' ? { keypoints: { count: 2, dims: 3 }, flipIndices: [1, 0] } : null };
}

/**
 * Decodes the images of a `drawnSet`: 40 × 30 pixels of noise that each image has of its own. `damaged` ones are refused;
 * `asked` gathers which are decoded, each after a wait of its own, so that they do not come in order.
 */
export function drawnImages(damaged: readonly string[] = [], asked: string[] = []): DecodeImage {
  return async (path) => {
    asked.push(path);
    const random = createRandom(Number(path.slice(1)));
    for (let wait = random.below(4); wait > 0; wait--) await Promise.resolve();
    if (damaged.includes(path)) {
      throw new Fault({ code: 'image-truncated', found: 'This image is damaged.', remedy: 'Copy it again.' });
    }
    return { width: 40, height: 30, channels: 3, data: Uint8Array.from({ length: 3600 }, () => random.below(256)) };
  };
}
