import type { Augmentation } from '@/lib/engines/training/augment/augmentation';
import { type Composition, mosaic, single } from '@/lib/engines/training/augment/composition';
import { drawComposition } from '@/lib/engines/training/augment/draw-composition';
import { placeLabels } from '@/lib/engines/training/augment/place-labels';
import type { PlacedObject } from '@/lib/engines/training/augment/placed-object';
import { type Mirroring, mirrored, randomMirroring, randomView } from '@/lib/engines/training/augment/random-view';
import type { SeededRandom } from '@/lib/engines/training/augment/seeded-random';
import { randomColourShift, shiftHsv } from '@/lib/engines/training/augment/shift-hsv';
import type { SourceImage } from '@/lib/engines/training/augment/source-image';
import type { Planes } from '@/lib/engines/training/augment/warp-tile';
import type { ObjectLabel, ObjectTask } from '@/lib/engines/training/dataset/object-label';

/** A decoded image and what is labelled in it. */
export type LabelledPixels = { readonly image: SourceImage; readonly labels: readonly ObjectLabel[] };

/** The images that one training image is made of: one, or four for a mosaic; a second group is laid over the first. */
export type ImageGroup =
  | readonly [LabelledPixels]
  | readonly [LabelledPixels, LabelledPixels, LabelledPixels, LabelledPixels];

/** What an augmentation of objects needs to know besides its images. */
export type ObjectAugmenting = {
  readonly task: ObjectTask;
  readonly augmentation: Augmentation;
  /** Of poses: for each keypoint the one it becomes in a mirror. Without them poses are not mirrored. */
  readonly flipIndices: readonly number[] | null;
};

/**
 * Makes one training image: composes each group, looks at it in a random view, lays a second group over the first (H. Zhang et
 * al., “mixup”, arXiv:1710.09412), changes the colours.
 *
 * @param planes Filled with the image; its side is the image's.
 * @returns The objects that are seen in it.
 */
export function augmentObjects(
  groups: readonly [ImageGroup] | readonly [ImageGroup, ImageGroup],
  { task, augmentation, flipIndices }: ObjectAugmenting,
  random: SeededRandom,
  planes: Planes,
): PlacedObject[] {
  const drawn = randomMirroring(random, augmentation);
  const mirroring = task === 'pose' && flipIndices === null ? { horizontal: false, vertical: false } : drawn;
  const [first, second] = groups;
  const options = { task, augmentation, mirroring, flipIndices: mirrorIndices(mirroring, flipIndices) };
  const objects = drawGroup(first, options, random, planes);
  if (second) {
    const share = shareOfMixup(random);
    const above: Planes = { data: new Float32Array(planes.data.length), side: planes.side };
    objects.push(...drawGroup(second, options, random, above));
    blend(planes.data, above.data, share);
  }
  shiftHsv(planes, randomColourShift(random, augmentation));
  return objects;
}

type GroupOptions = ObjectAugmenting & { readonly mirroring: Mirroring };

function drawGroup(group: ImageGroup, options: GroupOptions, random: SeededRandom, planes: Planes): PlacedObject[] {
  const { task, augmentation, mirroring, flipIndices } = options;
  const { side: imgsz } = planes;
  const composition: Composition<LabelledPixels> =
    group.length === 1 ? single(group[0], imgsz) : mosaic(group, imgsz, random);
  const view = mirrored(randomView(random, augmentation, composition.side, imgsz), mirroring, imgsz);
  drawComposition(composition, view, planes);
  return composition.tiles.flatMap(({ content, frame, visible }) =>
    placeLabels(content.labels, { task, frame, visible, ...view, imgsz, flipIndices }),
  );
}

/** A mirror swaps left and right whichever way it hangs; two of them are a turn, which does not. */
function mirrorIndices(
  { horizontal, vertical }: Mirroring,
  indices: readonly number[] | null,
): readonly number[] | null {
  return horizontal === vertical ? null : indices;
}

/** Of a beta distribution with both parameters 32, as the field draws it: the middle one of 63 uniform numbers. */
function shareOfMixup(random: SeededRandom): number {
  const numbers = Float64Array.from({ length: 63 }, () => random.next()).sort();
  return numbers[31];
}

function blend(into: Float32Array, from: Float32Array, share: number): void {
  for (let k = 0; k < into.length; k++) into[k] = into[k] * share + from[k] * (1 - share);
}
