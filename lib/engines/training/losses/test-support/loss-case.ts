import type { Size } from '@/lib/engines/geometry/shape';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';
import type { KeypointShape } from '@/lib/engines/training/dataset/label-rule';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';

/** What a network said, as it lies in its tensors; numbers of single precision in arrays that can be moved by less. */
export type RawNumbers = {
  /** [batch, 4 · bins, anchors] */
  readonly boxes: Float64Array;
  /** [batch, classes, anchors] */
  readonly scores: Float64Array;
  /** [batch, channels, anchors]; empty for plain detection. */
  readonly extras: Float64Array;
  /** [batch, masks, height, width]; empty but for segments. */
  readonly prototypes: Float64Array;
};

/** One labelled object; its box as the task's labels have it, in pixels. */
export type CaseObject = {
  readonly classId: number;
  readonly box: readonly number[];
  /** Flat x, y, visibility. */
  readonly keypoints?: readonly number[];
};

/** A batch and what a network says of it. */
export type LossCase = {
  readonly task: ObjectTask;
  readonly image: Size;
  /** Centre in cells, and pixels per cell. */
  readonly anchors: readonly { readonly x: number; readonly y: number; readonly stride: number }[];
  readonly classes: number;
  readonly bins: number;
  /** By image. */
  readonly objects: readonly (readonly CaseObject[])[];
  readonly keypoints: KeypointShape | null;
  /** [batch, height ÷ 4, width ÷ 4], 1 + the number of the object. */
  readonly masks: Int32Array | null;
  readonly maskCount: number;
  readonly raw: RawNumbers;
};

type CaseShape = Partial<Pick<LossCase, 'task' | 'image' | 'classes' | 'bins' | 'keypoints' | 'maskCount'>> & {
  readonly objects: readonly (readonly CaseObject[])[];
  readonly strides?: readonly number[];
};

/** A network's random answers to a batch of these objects; no two numbers are equal. */
export function randomCase(seed: number, { objects, strides = [8, 16], ...shape }: CaseShape): LossCase {
  const random = seededRandom(seed);
  const { task = 'detect', image = { width: 64, height: 48 }, classes = 3, bins = 4 } = shape;
  const { keypoints = null, maskCount = 0 } = shape;
  const anchors = strides.flatMap((stride) => cellsOf(image, stride));
  const numbers = (channels: number, cells: number, spread: number) =>
    Float64Array.from({ length: objects.length * channels * cells }, () => Math.fround((random() * 2 - 1) * spread));
  const extras = { detect: 0, segment: maskCount, pose: keypoints ? keypoints.count * keypoints.dims : 0, obb: 1 }[
    task
  ];
  return {
    task,
    image,
    anchors,
    classes,
    bins,
    objects,
    keypoints,
    maskCount,
    masks: task === 'segment' ? maskLabels(objects, image) : null,
    raw: {
      boxes: bins === 1 ? positive(numbers(4, anchors.length, 2)) : numbers(4 * bins, anchors.length, 3),
      scores: numbers(classes, anchors.length, 3),
      extras: numbers(extras, anchors.length, 1),
      prototypes: numbers(maskCount, (image.width / 4) * (image.height / 4), 1),
    },
  };
}

/** Objects of random classes and upright boxes around random places, large enough to hold anchor points as a rule. */
export function randomObjects(seed: number, count: number, image: Size, classes: number): readonly CaseObject[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const [cx, cy] = [random() * image.width, random() * image.height];
    const [w, h] = [8 + random() * 30, 8 + random() * 30];
    return {
      classId: Math.floor(random() * classes),
      box: [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2].map(Math.fround),
    };
  });
}

/** The objects with points about their boxes, some of them not labelled. */
export function withKeypoints(seed: number, objects: readonly CaseObject[], count: number): readonly CaseObject[] {
  const random = seededRandom(seed);
  return objects.map(({ box: [x1, y1, x2, y2], classId }) => ({
    classId,
    box: [x1, y1, x2, y2],
    keypoints: Array.from({ length: count }, () => [
      Math.fround(x1 + (x2 - x1) * random()),
      Math.fround(y1 + (y2 - y1) * random()),
      Math.floor(random() * 3),
    ]).flat(),
  }));
}

/** The objects as oriented boxes at random angles. */
export function turned(seed: number, objects: readonly CaseObject[]): readonly CaseObject[] {
  const random = seededRandom(seed);
  return objects.map(({ box: [x1, y1, x2, y2], classId }) => ({
    classId,
    box: [(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1, (random() - 0.25) * Math.PI].map(Math.fround),
  }));
}

function cellsOf({ width, height }: Size, stride: number) {
  const columns = width / stride;
  return Array.from({ length: columns * (height / stride) }, (_, cell) => ({
    x: (cell % columns) + 0.5,
    y: Math.floor(cell / columns) + 0.5,
    stride,
  }));
}

function positive(numbers: Float64Array): Float64Array {
  return numbers.map((number) => Math.fround(Math.abs(number) + 0.1));
}

/** Ellipses in the boxes; later objects lie on top. */
function maskLabels(objects: LossCase['objects'], image: Size): Int32Array {
  const [width, height] = [image.width / 4, image.height / 4];
  const masks = new Int32Array(objects.length * width * height);
  for (const [index, ofImage] of objects.entries()) {
    for (const [column, { box }] of ofImage.entries()) {
      const [x1, y1, x2, y2] = box.map((number) => number / 4);
      for (let cell = 0; cell < width * height; cell++) {
        const dx = ((cell % width) + 0.5 - (x1 + x2) / 2) / ((x2 - x1) / 2);
        const dy = (Math.floor(cell / width) + 0.5 - (y1 + y2) / 2) / ((y2 - y1) / 2);
        if (dx * dx + dy * dy <= 1) masks[index * width * height + cell] = column + 1;
      }
    }
  }
  return masks;
}
