import type { LossCase } from '@/lib/engines/training/losses/test-support/loss-case';
import { numbersBetween, uniformNumbers } from '@/lib/engines/training/test-support/numbers-by-name';

/** Of square images, whose levels are 8, 16 and 32 pixels per cell. */
const [side, classes, bins, maskCount] = [64, 3, 16, 4];
const keypoints = { count: 4, dims: 3 } as const;

const anchors = [8, 16, 32].flatMap((stride) => {
  const cells = side / stride;
  return Array.from({ length: cells * cells }, (_, cell) => ({
    x: (cell % cells) + 0.5,
    y: Math.floor(cell / cells) + 0.5,
    stride,
  }));
});

type ObjectTaskName = LossCase['task'];

/** Objects over one another, some of several levels; boxes as x1 y1 x2 y2 of 64 × 64 pixels. */
const placed = [
  [
    { classId: 0, corners: [4, 6, 30, 40] },
    { classId: 1, corners: [20, 12, 61, 58] },
    { classId: 2, corners: [34, 3, 60, 20] },
  ],
  [{ classId: 2, corners: [10, 8, 52, 44] }],
];

/** What a network may have said of two images, for the loss of each task. */
export const torchLossCases: readonly LossCase[] = (['detect', 'segment', 'pose', 'obb'] as const).map(lossCase);

/** Logits of four whole images and what they are of. */
export const torchClassCase = {
  batch: 4,
  classCount: 5,
  classIds: [3, 0, 4, 0],
  logits: Float64Array.from(numbersBetween('classify logits', 20, -3, 3)),
  labelSmoothing: 0.1,
} as const;

function lossCase(task: ObjectTaskName): LossCase {
  const images = placed.length;
  const count = images * anchors.length;
  const extras = { detect: 0, segment: maskCount, pose: keypoints.count * keypoints.dims, obb: 1 }[task];
  const random = (name: string, length: number) => Float64Array.from(numbersBetween(`${task} ${name}`, length, -2, 2));
  return {
    task,
    image: { width: side, height: side },
    anchors,
    classes,
    bins,
    objects: placed.map((objects, image) =>
      objects.map(({ classId, corners }, index) => ({
        classId,
        box: task === 'obb' ? turned(corners, 0.2 + 0.3 * index) : corners,
        keypoints: task === 'pose' ? points(`${image} ${index}`, corners) : undefined,
      })),
    ),
    keypoints: task === 'pose' ? keypoints : null,
    masks: task === 'segment' ? masks() : null,
    maskCount: task === 'segment' ? maskCount : 0,
    raw: {
      boxes: distances(random('boxes', count * 4 * bins)),
      scores: random('scores', count * classes),
      extras: random('extras', count * extras),
      prototypes: random('prototypes', task === 'segment' ? images * maskCount * (side / 4) ** 2 : 0),
    },
  };
}

/** Coarser levels say shorter distances, so that objects are assigned on all of them: [batch, 4 · bins, anchors]. */
function distances(logits: Float64Array): Float64Array {
  return logits.map((logit, index) => {
    const bin = Math.floor(index / anchors.length) % bins;
    return Math.fround(logit - (0.05 * bin * anchors[index % anchors.length].stride) / 8);
  });
}

/** A box in the corners' middle, of seven eighths of their sides. */
function turned([x1, y1, x2, y2]: readonly number[], angle: number): readonly number[] {
  return [(x1 + x2) / 2, (y1 + y2) / 2, ((x2 - x1) * 7) / 8, ((y2 - y1) * 7) / 8, Math.fround(angle)];
}

/** Within the box; not labelled, hidden or seen. */
function points(name: string, [x1, y1, x2, y2]: readonly number[]): readonly number[] {
  const random = uniformNumbers(`points ${name}`, 3 * keypoints.count);
  return Array.from({ length: keypoints.count }, (_, point) => {
    const [x, y, visibility] = random.slice(3 * point);
    return [Math.fround(x1 + x * (x2 - x1)), Math.fround(y1 + y * (y2 - y1)), Math.floor(3 * visibility)];
  }).flat();
}

/** Ellipses in the boxes, the later object on top. */
function masks(): Int32Array {
  const cells = side / 4;
  return Int32Array.from({ length: placed.length * cells * cells }, (_, index) => {
    const [x, y] = [4 * (index % cells) + 2, 4 * (Math.floor(index / cells) % cells) + 2];
    const objects = placed[Math.floor(index / cells ** 2)];
    const inside = objects.map(({ corners: [x1, y1, x2, y2] }) => {
      const [across, down] = [(2 * x - x1 - x2) / (x2 - x1), (2 * y - y1 - y2) / (y2 - y1)];
      return across ** 2 + down ** 2 <= 1;
    });
    return 1 + inside.lastIndexOf(true);
  });
}
