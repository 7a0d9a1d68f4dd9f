import { augmentClassImage } from '@/lib/engines/training/augment/augment-class-image';
import type { Augmentation } from '@/lib/engines/training/augment/augmentation';
import type { SourceImage } from '@/lib/engines/training/augment/source-image';
import type { SamplePlace } from '@/lib/engines/training/batch/sample-place';
import type { SoundImages } from '@/lib/engines/training/batch/sound-images';
import type { ClassBatch } from '@/lib/engines/training/batch/training-batch';
import type { ClassSet } from '@/lib/engines/training/batch/training-set';

/** Draws the images of a classifier's batch into their planes. */
export async function makeClassBatch(
  sound: SoundImages<ClassSet['images'][number], SourceImage>,
  augmentation: Augmentation,
  images: Float32Array,
  places: readonly SamplePlace[],
): Promise<ClassBatch> {
  const classIds = await Promise.all(
    places.map(async ({ random, imageBefore, planes }) => {
      const { image, item } = await sound.get(imageBefore(0));
      augmentClassImage(image, augmentation, random, planes);
      return item.classId;
    }),
  );
  const { side } = places[0].planes;
  return {
    task: 'classify',
    images,
    batch: places.length,
    height: side,
    width: side,
    classIds: Int32Array.from(classIds),
  };
}
