import type { Task } from '@/lib/core/task';
import { classify, depth, semanticSegment } from '@/lib/engines/architecture/test-support/module-trees/dense-heads';
import {
  type DetectionHeadSpec,
  detect,
  v10Detect,
} from '@/lib/engines/architecture/test-support/module-trees/detection-heads';
import type { Body } from '@/lib/engines/architecture/test-support/module-trees/layer';
import { layers } from '@/lib/engines/architecture/test-support/module-trees/layers';
import { checkpointOf } from '@/lib/engines/architecture/test-support/module-trees/model-tree';
import { rareModules } from '@/lib/engines/architecture/test-support/module-trees/rare-modules';
import {
  type KeypointShape,
  obb,
  pose,
  segment,
  type TaskHeadSpec,
} from '@/lib/engines/architecture/test-support/module-trees/task-heads';
import type { TreeContext, TreeOptions } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import {
  yolo11,
  yolo11Classifier,
  yolo12,
  yolo12Classifier,
  yolo26,
  yolo26Semantic,
} from '@/lib/engines/architecture/test-support/module-trees/yolo11-to-26';
import { yolov3Tiny, yolov5, yolov6 } from '@/lib/engines/architecture/test-support/module-trees/yolov3-to-v6';
import {
  yolov8,
  yolov8Classifier,
  yolov8P2,
  yolov8P6,
  yolov9Tiny,
  yolov10,
} from '@/lib/engines/architecture/test-support/module-trees/yolov8-to-v10';
import type { Checkpoint, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** A kind of network that files of this world hold. */
export type Family = {
  readonly name: string;
  readonly task: Task;
  readonly body: Body;
  readonly makeHead: (t: TreeContext, inputs: readonly number[]) => ModuleNode;
  readonly strides: readonly number[];
  readonly keypoints?: KeypointShape;
  readonly options?: Partial<TreeOptions>;
};

const usual: DetectionHeadSpec = {
  regMax: 16,
  isEndToEnd: false,
  hasFullClassBranch: true,
  strides: [8, 16, 32],
};
const since11: DetectionHeadSpec = { ...usual, hasFullClassBranch: false };
const since26: DetectionHeadSpec = { ...since11, regMax: 1, isEndToEnd: true };

const threeDims: KeypointShape = { count: 5, dims: 3 };

/** An eighth of scale n with two attention heads, which a test evaluates in a moment. */
const small: TreeOptions = {
  seed: 1,
  classCount: 3,
  width: 1 / 32,
  depth: 0.5,
  activation: 'SiLU',
  normEpsilon: 1e-3,
  headWidth: 8,
  classifierWidth: 64,
};

export const families: readonly Family[] = [
  detector('yolov3-tinyu', yolov3Tiny, { ...usual, strides: [16, 32] }, { width: 1 / 8 }),
  detector('yolov5nu', yolov5, usual),
  detector('yolov6n', yolov6, usual, { activation: 'ReLU', depth: 0.33 }),
  detector('yolov8n', yolov8, usual),
  detector('yolov8n-p2', yolov8P2, { ...usual, strides: [4, 8, 16, 32] }),
  detector('yolov8n-p6', yolov8P6, { ...usual, strides: [8, 16, 32, 64] }),
  ...tasksOf('yolov8n', yolov8, { ...usual, is26: false }),
  classifier('yolov8n-cls', yolov8Classifier),
  detector('yolov9t', yolov9Tiny, usual, { width: 1 / 4 }),
  detector('rare-modules', rareModules, { ...usual, strides: [8, 8, 16] }),
  {
    name: 'yolov10n',
    task: 'detect',
    body: yolov10,
    makeHead: v10Detect,
    strides: [8, 16, 32],
  },
  detector('yolo11n', yolo11, since11),
  ...tasksOf('yolo11n', yolo11, { ...since11, is26: false }),
  classifier('yolo11n-cls', yolo11Classifier),
  detector('yolo12n', yolo12, since11),
  classifier('yolo12n-cls', yolo12Classifier),
  detector('yolo26n', yolo26, since26),
  ...tasksOf('yolo26n', yolo26, { ...since26, is26: true }),
  classifier('yolo26n-cls', yolo11Classifier),
  {
    name: 'yolo26n-sem',
    task: 'semantic',
    body: yolo26Semantic,
    makeHead: semanticSegment,
    strides: [8, 16],
  },
  { name: 'yolo26n-depth', task: 'depth', body: yolo26, makeHead: depth, strides: [32] },
];

/** A network of a family, with random weights; `options` over those that make it small. */
export function familyCheckpoint(family: Family, options: Partial<TreeOptions> = {}): Checkpoint {
  const { task, body, makeHead, strides, keypoints = null } = family;
  const table = [...body.table, layers.head(body.outputs, makeHead)];
  return checkpointOf({ task, table, strides, keypoints, imageSize: 64 }, { ...small, ...family.options, ...options });
}

/** The family of a name, for tests that look at one. */
export function familyNamed(name: string): Family {
  const found = families.find((family) => family.name === name);
  if (found === undefined) throw new Error(`No family is named ${name}`);
  return found;
}

function detector(name: string, body: Body, spec: DetectionHeadSpec, options: Partial<TreeOptions> = {}): Family {
  const makeHead = (t: TreeContext, inputs: readonly number[]) => detect(t, inputs, spec);
  return { name, task: 'detect', body, makeHead, strides: spec.strides, options };
}

function tasksOf(name: string, body: Body, spec: TaskHeadSpec): Family[] {
  const common = { body, strides: spec.strides };
  return [
    { ...common, name: `${name}-seg`, task: 'segment', makeHead: (t, inputs) => segment(t, inputs, spec) },
    {
      ...common,
      name: `${name}-pose`,
      task: 'pose',
      keypoints: threeDims,
      makeHead: (t, inputs) => pose(t, inputs, spec, threeDims),
    },
    { ...common, name: `${name}-obb`, task: 'obb', makeHead: (t, inputs) => obb(t, inputs, spec) },
  ];
}

function classifier(name: string, body: Body): Family {
  const options = { normEpsilon: 1e-5, classCount: 5 };
  const makeHead = (t: TreeContext, [inputs]: readonly number[]) => classify(t, inputs);
  return { name, task: 'classify', body, makeHead, strides: [1], options };
}
