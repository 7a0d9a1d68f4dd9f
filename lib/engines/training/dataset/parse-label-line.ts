import type { KeypointShape, LabelRule } from '@/lib/engines/training/dataset/label-rule';
import type { ObjectLabel, ObjectTask } from '@/lib/engines/training/dataset/object-label';

/** A label, or one sentence that says why the line is none. */
export type LabelLine = { readonly label: ObjectLabel } | { readonly wrong: string };

/** Boxes and points may lie this far outside the image, as rounding and careless tools leave them; they are moved inside. */
const slack = 0.01;

/** Decimal numbers only: what else JavaScript takes for a number (hexadecimal, blanks, Infinity) is a mistake here. */
const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Reads one line of a YOLO label file, tolerantly: boxes may carry a confidence at the end (prediction files do), detection
 * takes outlines for their bounds, coordinates just outside the image are moved onto its edge.
 */
export function parseLabelLine(line: string, rule: LabelRule): LabelLine {
  const words = line.trim().split(/\s+/);
  const odd = words.find((word) => !decimal.test(word));
  if (odd !== undefined) return { wrong: `Numbers were expected, and “${shortened(odd)}” was found` };
  const [classId, ...values] = words.map(Number);
  if (!Number.isInteger(classId) || classId < 0) {
    return { wrong: `A class number from 0 was expected first, and ${shortened(words[0])} was found` };
  }
  if (classId >= rule.classCount) {
    return { wrong: `Class ${classId} was found, and there are names for ${classesTo(rule.classCount)} only` };
  }
  const shape = shapeOf(values, rule);
  return 'wrong' in shape ? shape : inRange({ classId, ...shape }, rule.task);
}

type Shape = Omit<ObjectLabel, 'classId'>;
type ShapeOrFault = Shape | { readonly wrong: string };

function shapeOf(values: readonly number[], rule: LabelRule): ShapeOrFault {
  const { length } = values;
  switch (rule.task) {
    case 'detect':
      if (length === 4 || length === 5) return boxShape(values);
      return isOutline(length) ? { ...outlineShape(values), outline: null } : wrongCount('4 values of a box', length);
    case 'segment':
      return isOutline(length)
        ? outlineShape(values)
        : wrongCount('the x and y of 3 or more points of an outline', length);
    case 'obb':
      return length === 8 || length === 9
        ? outlineShape(values.slice(0, 8))
        : wrongCount('the x and y of 4 corners', length);
    case 'pose':
      return poseShape(values, rule.keypoints);
  }
}

function isOutline(length: number): boolean {
  return length >= 6 && length % 2 === 0;
}

function boxShape([cx, cy, width, height]: readonly number[]): Shape {
  return { box: { cx, cy, width, height }, outline: null, keypoints: null };
}

function outlineShape(values: readonly number[]): Shape {
  let [left, top, right, bottom] = [values[0], values[1], values[0], values[1]];
  for (let k = 0; k < values.length; k += 2) {
    left = Math.min(left, values[k]);
    right = Math.max(right, values[k]);
    top = Math.min(top, values[k + 1]);
    bottom = Math.max(bottom, values[k + 1]);
  }
  const box = { cx: (left + right) / 2, cy: (top + bottom) / 2, width: right - left, height: bottom - top };
  return { box, outline: Float32Array.from(values), keypoints: null };
}

function poseShape(values: readonly number[], keypoints: KeypointShape | null): ShapeOrFault {
  if (keypoints === null) return { wrong: 'Keypoints were expected, and data.yaml has no kpt_shape' };
  const { count, dims } = keypoints;
  const pointValues = count * dims;
  if (values.length !== 4 + pointValues && values.length !== 5 + pointValues) {
    return wrongCount(`4 values of a box and ${dims} for each of ${count} keypoints`, values.length);
  }
  const points = values.slice(4, 4 + pointValues);
  const triples = Array.from({ length: count }, (_, k) => {
    const [x, y, visibility = x < 0 || y < 0 ? 0 : 2] = points.slice(k * dims, (k + 1) * dims);
    return visibility === 0 ? [Math.max(0, x), Math.max(0, y), 0] : [x, y, visibility];
  });
  return { ...boxShape(values), keypoints: Float32Array.from(triples.flat()) };
}

/** Oriented boxes may lie across the image's edge with their corners; their bounds may not lie far beyond it. */
function inRange(label: ObjectLabel, task: ObjectTask): LabelLine {
  const { box, outline, keypoints } = label;
  const beyond = [box.cx, box.cy, box.width, box.height].find((value) => value < -slack || value > 1 + slack);
  if (beyond !== undefined) {
    return { wrong: `Fractions of the image from 0 to 1 were expected, and ${beyond} was found` };
  }
  if (!(box.width > 0 && box.height > 0))
    return { wrong: 'A box with width and height was expected, and it has no area' };
  const badPoint = keypoints?.find((value, k) =>
    k % 3 === 2 ? isNoVisibility(value) : value < -slack || value > 1 + slack,
  );
  if (badPoint !== undefined) {
    return {
      wrong: `Keypoints as fractions from 0 to 1 with visibility 0, 1 or 2 were expected, and ${badPoint} was found`,
    };
  }
  return {
    label: {
      classId: label.classId,
      box: { cx: inside(box.cx), cy: inside(box.cy), width: inside(box.width), height: inside(box.height) },
      outline: task === 'segment' ? (outline?.map(inside) ?? null) : outline,
      keypoints: keypoints?.map((value, k) => (k % 3 === 2 ? value : inside(value))) ?? null,
    },
  };
}

/** Prediction files write a confidence in its place, which counts as seen. */
function isNoVisibility(value: number): boolean {
  return !(value >= 0 && value <= 2);
}

function inside(fraction: number): number {
  return Math.min(Math.max(fraction, 0), 1);
}

function wrongCount(expected: string, found: number): { readonly wrong: string } {
  return {
    wrong: `A class and ${expected} were expected, and ${found} value${found === 1 ? '' : 's'} followed the class`,
  };
}

function classesTo(count: number): string {
  return count === 1 ? 'class 0' : `classes 0 to ${count - 1}`;
}

/** Words of a foreign file are quoted in part: they may be megabytes. */
function shortened(word: string): string {
  return word.length > 24 ? `${word.slice(0, 24)}…` : word;
}
