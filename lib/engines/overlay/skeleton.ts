import type { Keypoint } from '@/lib/engines/geometry/shape';

export type BodySide = 'left' | 'right' | 'centre';

export type Skeleton = {
  /** Side of each keypoint, by its index. */
  readonly sides: readonly BodySide[];
  readonly limbs: readonly (readonly [from: number, to: number, side: BodySide])[];
};

/** A keypoint less visible than this is a guess and not drawn; the threshold of the package's annotator. */
const MIN_VISIBILITY = 0.25;

/**
 * The skeleton of a person as the COCO keypoint task defines it: nose, eyes, ears, shoulders, elbows, wrists, hips, knees,
 * ankles; left before right, sides being the person's own.
 */
const cocoPerson: Skeleton = {
  sides: Array.from(
    { length: 17 },
    (_, index): BodySide => (index === 0 ? 'centre' : index % 2 === 1 ? 'left' : 'right'),
  ),
  limbs: [
    [0, 1, 'left'],
    [0, 2, 'right'],
    [1, 3, 'left'],
    [2, 4, 'right'],
    [3, 5, 'left'],
    [4, 6, 'right'],
    [5, 6, 'centre'],
    [5, 7, 'left'],
    [7, 9, 'left'],
    [6, 8, 'right'],
    [8, 10, 'right'],
    [5, 11, 'left'],
    [6, 12, 'right'],
    [11, 12, 'centre'],
    [11, 13, 'left'],
    [13, 15, 'left'],
    [12, 14, 'right'],
    [14, 16, 'right'],
  ],
};

/** The skeleton known for that many keypoints, or null: limbs are never invented for keypoints of unknown meaning. */
export function skeletonFor(keypointCount: number): Skeleton | null {
  return keypointCount === cocoPerson.sides.length ? cocoPerson : null;
}

/** Whether a keypoint is shown. Models without a third value put unlabelled points at the origin. */
export function isKeypointShown({ x, y, visibility }: Keypoint): boolean {
  return visibility === null ? x !== 0 || y !== 0 : visibility >= MIN_VISIBILITY;
}
