import { augmentObjects, type ImageGroup, type LabelledPixels } from '@/lib/engines/training/augment/augment-objects';
import type { Augmentation } from '@/lib/engines/training/augment/augmentation';
import type { PlacedObject } from '@/lib/engines/training/augment/placed-object';
import type { SourceImage } from '@/lib/engines/training/augment/source-image';
import { packObjects } from '@/lib/engines/training/batch/pack-objects';
import type { SamplePlace } from '@/lib/engines/training/batch/sample-place';
import type { SoundImages } from '@/lib/engines/training/batch/sound-images';
import type { ObjectBatch } from '@/lib/engines/training/batch/training-batch';
import type { ObjectSet } from '@/lib/engines/training/batch/training-set';
import type { LabelledImage } from '@/lib/engines/training/dataset/read-label-files';

/**
 * The other images of a mosaic are taken from so many that stand before it in the epoch's order, which is random already: a
 * data set that is larger than the cache is then decoded once an epoch, not four times.
 */
const mosaicReach = 128;

/** Draws the images of a batch into their planes and gathers their objects. */
export async function makeObjectBatch(
  { task, skeleton }: ObjectSet,
  sound: SoundImages<LabelledImage, SourceImage>,
  augmentation: Augmentation,
  images: Float32Array,
  places: readonly SamplePlace[],
): Promise<ObjectBatch> {
  const augmenting = { task, augmentation, flipIndices: skeleton?.flipIndices ?? null };
  const objects = await Promise.all(
    places.map(async (place): Promise<PlacedObject[]> => {
      const groups = await gatherGroups(place, augmentation, sound);
      return augmentObjects(groups, augmenting, place.random, place.planes);
    }),
  );
  const imgsz = places[0].planes.side;
  return packObjects({
    task,
    images,
    input: { width: imgsz, height: imgsz },
    objects,
    keypointCount: skeleton?.keypoints.count ?? 0,
  });
}

async function gatherGroups(
  place: SamplePlace,
  { mosaic, mixup }: Augmentation,
  sound: SoundImages<LabelledImage, SourceImage>,
): Promise<readonly [ImageGroup] | readonly [ImageGroup, ImageGroup]> {
  const first = await gatherGroup(place, 0, mosaic, sound);
  if (!place.random.chance(mixup)) return [first];
  return [first, await gatherGroup(place, place.random.below(mosaicReach), mosaic, sound)];
}

/** The image that stands `steps` places before, alone or with three others. */
async function gatherGroup(
  { random, imageBefore }: SamplePlace,
  steps: number,
  mosaic: number,
  sound: SoundImages<LabelledImage, SourceImage>,
): Promise<ImageGroup> {
  const isMosaic = random.chance(mosaic);
  const other = () => labelledPixels(sound, imageBefore(random.below(mosaicReach)));
  const own = labelledPixels(sound, imageBefore(steps));
  return isMosaic ? Promise.all([own, other(), other(), other()]) : [await own];
}

async function labelledPixels(sound: SoundImages<LabelledImage, SourceImage>, index: number): Promise<LabelledPixels> {
  const { image, item } = await sound.get(index);
  return { image, labels: item.labels };
}
