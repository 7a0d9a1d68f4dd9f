import { unreachable } from '@/lib/core/assert';
import type { TinyGraph, Value } from '@/lib/engines/model-files/test-support/tiny-graph';

export type DetectionLayout = 'anchors' | 'anchors-transposed' | 'anchors-objectness' | 'rows';
export type DetectionTask = 'detect' | 'segment' | 'pose' | 'obb';

/** Scores of red, green and blue: dyadic, so that every backend and precision has exactly these. */
export const tinyScores = [0.875, 0.75, 0.625] as const;

/** The objectness that multiplies the scores in the `anchors-objectness` layout. */
export const tinyObjectness = 0.9375;

/** Clockwise radians of what each colour's oriented box is turned by. */
export const tinyAngles = [0.25, 0.5, -0.5] as const;

/** Keypoints of the pose model, in sides of the box from its centre, and their visibility: the corners and the centre. */
export const tinyKeypoints = [
  { dx: -0.5, dy: -0.5, visibility: 0.9375 },
  { dx: 0.5, dy: -0.5, visibility: 0.875 },
  { dx: 0.5, dy: 0.5, visibility: 0.75 },
  { dx: -0.5, dy: 0.5, visibility: 0.25 },
  { dx: 0, dy: 0, visibility: 1 },
] as const;

export const tinyCoefficients = 32;

/** Rows of zeros after the real ones; on a 64 × 64 input with three classes that makes the exporter's 300. */
const paddingRows = 48;

const strides = [8, 16, 32] as const;

/**
 * Adds a detection head over `contrast` [batch, classes, H, W], which is near 1 where a class's colour is. A cell of the
 * stride-8, 16 or 32 grid answers for a colour when the colour fills more than half of it but less than a quarter of the
 * three by three cells around it: an aligned square of 8, 16 or 32 pixels gives exactly one detection, itself.
 */
export function addDetector(
  graph: TinyGraph,
  contrast: Value,
  { task, layout, classCount }: { task: DetectionTask; layout: DetectionLayout; classCount: number },
): Value {
  const levels = strides.map((stride) => levelFields(graph, contrast, stride, task, classCount));
  switch (layout) {
    case 'anchors':
      return graph.concat(
        levels.map((level) => joined(graph, level)),
        2,
      );
    case 'anchors-transposed':
      return graph.op(
        'Transpose',
        [
          graph.concat(
            levels.map((level) => joined(graph, level)),
            2,
          ),
        ],
        { perm: [0, 2, 1] },
      );
    case 'anchors-objectness': {
      const perLevel = levels.map((level) => graph.concat(threeAnchors(graph, level), 2));
      return graph.op('Transpose', [graph.concat(perLevel, 2)], { perm: [0, 2, 1] });
    }
    case 'rows':
      return finalRows(graph, levels, task, classCount);
    default:
      return unreachable(layout);
  }
}

/** Adds mask prototypes [batch, 32, H/4, W/4]: channel c is 4 where colour c is and −4 elsewhere. */
export function addPrototypes(graph: TinyGraph, contrast: Value, classCount: number): Value {
  const quarter = graph.op('AveragePool', [contrast], { kernel_shape: [4, 4], strides: [4, 4] });
  const isColour = graph.op('Greater', [quarter, graph.scalar(0.5)]);
  const signs = graph.op('Where', [isColour, graph.scalar(4), graph.scalar(-4)]);
  return graph.mix(signs, identity(tinyCoefficients, classCount));
}

/** One grid's answers, each [batch, channels, cells]. */
type Fields = {
  readonly boxes: Value;
  readonly scores: Value;
  readonly extras: Value | null;
};

function levelFields(
  graph: TinyGraph,
  contrast: Value,
  stride: number,
  task: DetectionTask,
  classCount: number,
): Fields {
  const mean = graph.op('AveragePool', [contrast], { kernel_shape: [stride, stride], strides: [stride, stride] });
  const hits = isolated(graph, mean, classCount);
  const { x, y, constant } = cellCentres(graph, mean, stride);
  const boxes = graph.concat([x, y, constant(stride), constant(task === 'obb' ? stride / 2 : stride)], 1);
  const scores = graph.op('Mul', [hits, graph.floats([1, classCount, 1, 1], tinyScores.slice(0, classCount))]);
  const flat = (value: Value, channels: number) => graph.reshape(value, [0, channels, -1]);
  const extras = extraFields(graph, task, { hits, x, y, constant, stride, classCount });
  return {
    boxes: flat(boxes, 4),
    scores: flat(scores, classCount),
    extras: extras === null ? null : flat(extras.value, extras.channels),
  };
}

/** 1 in cells that the colour fills while it does not fill the neighbourhood, else 0. */
function isolated(graph: TinyGraph, mean: Value, classCount: number): Value {
  const ones = Array.from({ length: classCount * classCount * 9 }, (_, index) => {
    const pair = Math.floor(index / 9);
    return pair % classCount === Math.floor(pair / classCount) ? 1 : 0;
  });
  const kernel = graph.floats([classCount, classCount, 3, 3], ones);
  const around = graph.op('Conv', [mean, kernel], { kernel_shape: [3, 3], pads: [1, 1, 1, 1] });
  const filled = graph.op('Greater', [mean, graph.scalar(0.5)]);
  const alone = graph.op('Less', [around, graph.scalar(2.25)]);
  const both = graph.op('Where', [alone, graph.scalar(1), graph.scalar(0)]);
  return graph.op('Where', [filled, both, graph.scalar(0)]);
}

/** Cell centres in input pixels, made from the run-time shape of the grid so that dynamic inputs work. */
function cellCentres(graph: TinyGraph, grid: Value, stride: number) {
  const shape = graph.op('Shape', [grid]);
  const batch = graph.op('Gather', [shape, graph.integers([1], [0])], { axis: 0 });
  const sides = graph.op('Gather', [shape, graph.integers([2], [2, 3])], { axis: 0 });
  const target = graph.concat([batch, graph.integers([1], [1]), sides], 0);
  const centres = (axis: number, dims: readonly number[]) => {
    const length = graph.op('Gather', [shape, graph.integers([], [axis])], { axis: 0 });
    const steps = graph.op('Range', [graph.integers([], [0]), length, graph.integers([], [1])]);
    const middle = graph.op('Add', [graph.cast(steps, 'float32'), graph.scalar(0.5)]);
    const pixels = graph.op('Mul', [middle, graph.scalar(stride)]);
    return graph.op('Expand', [graph.reshape(pixels, dims), target]);
  };
  return {
    x: centres(3, [1, 1, 1, -1]),
    y: centres(2, [1, 1, -1, 1]),
    constant: (value: number) => graph.op('Expand', [graph.floats([1, 1, 1, 1], [value]), target]),
  };
}

type Cells = {
  readonly hits: Value;
  readonly x: Value;
  readonly y: Value;
  readonly constant: (value: number) => Value;
  readonly stride: number;
  readonly classCount: number;
};

function extraFields(graph: TinyGraph, task: DetectionTask, cells: Cells): { value: Value; channels: number } | null {
  const { hits, x, y, constant, stride, classCount } = cells;
  switch (task) {
    case 'detect':
      return null;
    case 'segment':
      return { value: graph.mix(hits, identity(tinyCoefficients, classCount)), channels: tinyCoefficients };
    case 'obb':
      return { value: graph.mix(hits, [tinyAngles.slice(0, classCount)]), channels: 1 };
    case 'pose': {
      const points = tinyKeypoints.flatMap(({ dx, dy, visibility }) => [
        graph.op('Add', [x, graph.scalar(dx * stride)]),
        graph.op('Add', [y, graph.scalar(dy * stride)]),
        constant(visibility),
      ]);
      return { value: graph.concat(points, 1), channels: points.length };
    }
    default:
      return unreachable(task);
  }
}

function joined(graph: TinyGraph, { boxes, scores, extras }: Fields): Value {
  return graph.concat(extras === null ? [boxes, scores] : [boxes, scores, extras], 1);
}

/** YOLOv5's three boxes a cell: the real one, and two larger ones that no object has. */
function threeAnchors(graph: TinyGraph, { boxes, scores, extras }: Fields): readonly Value[] {
  const oneScore = graph.op('Gather', [scores, graph.integers([1], [0])], { axis: 1 });
  const zeros = graph.op('Mul', [graph.above(oneScore, 2), graph.scalar(0)]);
  return [1, 2, 4].map((scale) => {
    const objectness = graph.op('Add', [zeros, graph.scalar(scale === 1 ? tinyObjectness : 0)]);
    const scaled = graph.op('Mul', [boxes, graph.floats([1, 4, 1], [1, 1, scale, scale])]);
    const parts = [scaled, objectness, scores];
    return graph.concat(extras === null ? parts : [...parts, extras], 1);
  });
}

/** Rows of red, then green, then blue: descending in score without a sort; rows without a hit are zeros. */
function finalRows(graph: TinyGraph, levels: readonly Fields[], task: DetectionTask, classCount: number): Value {
  const all = (pick: (level: Fields) => Value) => graph.concat(levels.map(pick), 2);
  const corners = [1, 0, -0.5, 0, 0, 1, 0, -0.5, 1, 0, 0.5, 0, 0, 1, 0, 0.5];
  const centred = all((level) => level.boxes);
  const boxes = task === 'obb' ? centred : graph.op('MatMul', [graph.floats([4, 4], corners), centred]);
  const scores = all((level) => level.scores);
  const hasExtras = levels.every((level) => level.extras !== null);
  const extras = hasExtras ? [all((level) => level.extras ?? '')] : [];
  const perClass = Array.from({ length: classCount }, (_, classId) => {
    const score = graph.op('Gather', [scores, graph.integers([1], [classId])], { axis: 1 });
    const hit = graph.above(score, 0);
    const label = graph.op('Mul', [hit, graph.scalar(classId)]);
    return graph.op('Mul', [graph.concat([boxes, score, label, ...extras], 1), hit]);
  });
  const rows = graph.op('Transpose', [graph.concat(perClass, 2)], { perm: [0, 2, 1] });
  return graph.op('Pad', [rows, graph.integers([6], [0, 0, 0, 0, paddingRows, 0])]);
}

/** `height` rows of `width` columns with ones on the diagonal. */
function identity(height: number, width: number): readonly (readonly number[])[] {
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => (row === column ? 1 : 0)),
  );
}
