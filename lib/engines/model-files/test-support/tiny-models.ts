import { assert, unreachable } from '@/lib/core/assert';
import type { Task } from '@/lib/core/task';
import type { Dimension, HeadLayout, TensorFacts } from '@/lib/engines/model-files/model-facts';
import { type OnnxGraph, writeOnnx } from '@/lib/engines/model-files/onnx-writer';
import {
  addDetector,
  addPrototypes,
  type DetectionLayout,
  type DetectionTask,
  tinyCoefficients,
  tinyKeypoints,
} from '@/lib/engines/model-files/test-support/tiny-detector';
import { TinyGraph, type Value } from '@/lib/engines/model-files/test-support/tiny-graph';

export type TinyOptions = {
  /** `detect` if absent. */
  readonly task?: Task;
  /** The task's plain layout if absent: `anchors`, `classes`, `class-map`, `depth-map`. */
  readonly layout?: HeadLayout;
  /** Pixels of the network input, multiples of 32; 64 × 64 if absent. */
  readonly height?: number;
  readonly width?: number;
  /** Any batch, and any height and width in multiples of 32. */
  readonly dynamic?: boolean;
  /** Images per run of a static model; 1 if absent. */
  readonly batch?: number;
  /** Of the input and of floating-point outputs; `float32` if absent. */
  readonly elementType?: 'float32' | 'float16';
  /** What the exporter would write, only names and stride (as YOLOv5), or nothing. `full` if absent. */
  readonly metadata?: 'full' | 'names' | 'none';
};

/** Class names of the tiny model for each task, by index. */
export const tinyNames: Readonly<Record<Task, readonly string[]>> = {
  detect: ['red', 'green', 'blue'],
  segment: ['red', 'green', 'blue'],
  obb: ['red', 'green', 'blue'],
  pose: ['red'],
  classify: ['red', 'green', 'blue', 'other'],
  semantic: ['background', 'red', 'green', 'blue'],
  depth: ['depth'],
};

/** Probabilities for an image with enough red, else enough green, else enough blue, else for any other. */
export const tinyProbabilities = [
  [0.75, 0.125, 0.0625, 0.0625],
  [0.125, 0.75, 0.0625, 0.0625],
  [0.0625, 0.125, 0.75, 0.0625],
  [0.125, 0.125, 0.125, 0.625],
] as const;

/** Metres of a red, green and blue pixel, and of every other. */
export const tinyDepths = { red: 1.5, green: 3, blue: 6, other: 12 } as const;

/**
 * A small real ONNX model (some kilobytes, opset 17) that finds pure red, green and blue and answers in the form of the given
 * head. Nothing is learned and nothing rounds: scores and coordinates are dyadic numbers chosen by comparisons, so that every
 * backend and precision answers bit for bit the same.
 *
 * A colour counts by its contrast, own channel − half of the two others: 1 for the pure colour, 0 for white, black and the
 * grey of the letterbox. Detection heads answer as `addDetector` says; classify asks for a mean contrast over 1/8; semantic
 * and depth decide pixel by pixel.
 */
export function tinyModel(options: TinyOptions = {}): Uint8Array {
  const { task = 'detect', height = 64, width = 64, batch = 1, elementType = 'float32', dynamic = false } = options;
  assert(height % 32 === 0 && width % 32 === 0, 'a tiny model’s input is a multiple of 32');
  const layout = options.layout ?? plainLayouts[task];
  const graph = new TinyGraph();
  const pixels = elementType === 'float16' ? graph.cast('images', 'float32') : 'images';
  const heads = addHeads(graph, pixels, task, layout);
  const axes: Axes = dynamic
    ? { batch: 'batch', height: 'height', width: 'width', of: (_count, name) => name }
    : { batch, height, width, of: (count) => count };
  const outputs = heads.map(({ value, shape, isInteger }, index): TensorFacts => {
    const name = `output${index}`;
    if (isInteger) graph.cast(value, 'uint8', name);
    if (!isInteger) graph.cast(value, elementType, name);
    return { name, elementType: isInteger ? 'uint8' : elementType, shape: shape(axes, height, width) };
  });
  return write({
    graph: {
      name: 'tiny',
      nodes: graph.nodes,
      initializers: graph.initializers,
      inputs: [{ name: 'images', elementType, shape: [axes.batch, 3, axes.height, axes.width] }],
      outputs,
    },
    metadata: metadataOf(options, task, layout, { height, width, batch }),
  });
}

/** Serialises a graph as every tiny model is: IR 8 and opset 17, as the exporter's files. */
export function write({ graph, metadata }: { graph: OnnxGraph; metadata: Record<string, string> }): Uint8Array {
  const producer = { name: 'sightline-tiny', version: '1' };
  return writeOnnx({ irVersion: 8, opsets: { '': 17 }, producer, graph, metadata });
}

const plainLayouts: Readonly<Record<Task, HeadLayout>> = {
  detect: 'anchors',
  segment: 'anchors',
  pose: 'anchors',
  obb: 'anchors',
  classify: 'classes',
  semantic: 'class-map',
  depth: 'depth-map',
};

/** Lengths of the axes: numbers in a static model, names in a dynamic one. */
type Axes = {
  readonly batch: Dimension;
  readonly height: Dimension;
  readonly width: Dimension;
  readonly of: (count: number, name: string) => Dimension;
};

type TinyHead = {
  readonly value: Value;
  readonly isInteger: boolean;
  readonly shape: (axes: Axes, height: number, width: number) => readonly Dimension[];
};

function addHeads(graph: TinyGraph, pixels: Value, task: Task, layout: HeadLayout): readonly TinyHead[] {
  const own = (channel: number) => [0, 1, 2].map((other) => (other === channel ? 1 : -0.5));
  const contrast = graph.mix(pixels, task === 'pose' ? [own(0)] : [own(0), own(1), own(2)]);
  const float = (value: Value, shape: TinyHead['shape']): TinyHead => ({ value, isInteger: false, shape });
  switch (task) {
    case 'detect':
    case 'segment':
    case 'pose':
    case 'obb':
      return addDetectionHeads(graph, contrast, task, layout);
    case 'classify':
      return [float(addClassifier(graph, contrast), ({ batch }) => [batch, tinyNames.classify.length])];
    case 'semantic': {
      const hits = graph.above(contrast, 0.5);
      if (layout === 'class-logits') {
        const rows = [
          [0, 0, 0],
          [2, 0, 0],
          [0, 2, 0],
          [0, 0, 2],
        ];
        const logits = graph.mix(hits, rows, [1, 0, 0, 0]);
        return [float(logits, (axes) => [axes.batch, rows.length, axes.height, axes.width])];
      }
      const classes = graph.op('Squeeze', [graph.mix(hits, [[1, 2, 3]]), graph.integers([1], [1])]);
      return [{ value: classes, isInteger: true, shape: (axes) => [axes.batch, axes.height, axes.width] }];
    }
    case 'depth': {
      const { red, green, blue, other } = tinyDepths;
      const nearer = [[red - other, green - other, blue - other]];
      const depth = graph.mix(graph.above(contrast, 0.5), nearer, [other]);
      return [float(depth, (axes) => [axes.batch, 1, axes.height, axes.width])];
    }
    default:
      return unreachable(task);
  }
}

function addDetectionHeads(
  graph: TinyGraph,
  contrast: Value,
  task: DetectionTask,
  layout: HeadLayout,
): readonly TinyHead[] {
  assert(isDetectionLayout(layout), `a ${task} model cannot have the layout ${layout}`);
  const classCount = tinyNames[task].length;
  const extras = { detect: 0, segment: tinyCoefficients, pose: tinyKeypoints.length * 3, obb: 1 }[task];
  const value = addDetector(graph, contrast, { task, layout, classCount });
  const shape: TinyHead['shape'] = ({ batch, of }, height, width) => {
    const cells = [8, 16, 32].reduce((sum, stride) => sum + (height / stride) * (width / stride), 0);
    if (layout === 'anchors') return [batch, 4 + classCount + extras, of(cells, 'anchors')];
    if (layout === 'anchors-transposed') return [batch, of(cells, 'anchors'), 4 + classCount + extras];
    if (layout === 'anchors-objectness') return [batch, of(cells * 3, 'anchors'), 5 + classCount + extras];
    return [batch, of(cells * classCount + 48, 'rows'), 6 + extras];
  };
  const main: TinyHead = { value, isInteger: false, shape };
  if (task !== 'segment') return [main];
  const prototypes: TinyHead = {
    value: addPrototypes(graph, contrast, classCount),
    isInteger: false,
    shape: ({ batch, of }, height, width) => [
      batch,
      tinyCoefficients,
      of(height / 4, 'mask_height'),
      of(width / 4, 'mask_width'),
    ],
  };
  return [main, prototypes];
}

function isDetectionLayout(layout: HeadLayout): layout is DetectionLayout {
  return ['anchors', 'anchors-transposed', 'anchors-objectness', 'rows'].includes(layout);
}

function addClassifier(graph: TinyGraph, contrast: Value): Value {
  const means = graph.reshape(graph.op('GlobalAveragePool', [contrast]), [0, 3]);
  const constants = tinyProbabilities.map((row) => graph.floats([1, row.length], row));
  const [red = '', green = '', blue = '', other = ''] = constants;
  return [blue, green, red].reduce((otherwise, probabilities, index) => {
    const mean = graph.op('Gather', [means, graph.integers([1], [2 - index])], { axis: 1 });
    return graph.op('Where', [graph.op('Greater', [mean, graph.scalar(0.125)]), probabilities, otherwise]);
  }, other);
}

function metadataOf(
  { metadata = 'full', dynamic = false }: TinyOptions,
  task: Task,
  layout: HeadLayout,
  { height, width, batch }: { height: number; width: number; batch: number },
): Record<string, string> {
  if (metadata === 'none') return {};
  const names = `{${tinyNames[task].map((name, index) => `${index}: '${name}'`).join(', ')}}`;
  if (metadata === 'names') return { stride: '32', names };
  const python = (value: boolean) => (value ? 'True' : 'False');
  const pose = {
    kpt_shape: `[${tinyKeypoints.length}, 3]`,
    kpt_names: "{0: ['top_left', 'top_right', 'bottom_right', 'bottom_left', 'centre']}",
  };
  return {
    description: `Tiny colour ${task} model`,
    author: 'Sightline',
    version: '1',
    license: 'Apache-2.0',
    stride: '32',
    task,
    batch: String(batch),
    imgsz: `[${height}, ${width}]`,
    names,
    args: `{'batch': ${batch}, 'dynamic': ${python(dynamic)}, 'nms': False}`,
    channels: '3',
    end2end: python(layout === 'rows'),
    ...(task === 'pose' ? pose : {}),
  };
}
