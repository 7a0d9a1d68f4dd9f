import { conv } from '@/lib/engines/architecture/test-support/module-trees/conv-modules';
import {
  branches,
  type DetectionHeadSpec,
  detectParts,
  headNode,
  perLevel,
  threeStage,
} from '@/lib/engines/architecture/test-support/module-trees/detection-heads';
import {
  conv2d,
  convTranspose2d,
  moduleList,
  moduleNode,
  sequential,
} from '@/lib/engines/architecture/test-support/module-trees/torch-modules';
import type { TreeContext } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** Heads of YOLO26 decode keypoints and angles otherwise and gather prototypes from all levels. */
export type TaskHeadSpec = DetectionHeadSpec & { readonly is26: boolean };

/** Masks are sums of so many prototypes. */
const prototypeCount = 32;

export function segment(t: TreeContext, inputs: readonly number[], spec: TaskHeadSpec): ModuleNode {
  const { attributes, children } = detectParts(t, inputs, spec);
  const hidden = Math.max(Math.floor(inputs[0] / 4), prototypeCount);
  const width = t.channels(256);
  const coefficients = () => perLevel(inputs, (channels) => threeStage(t, channels, hidden, prototypeCount));
  return headNode(spec.is26 ? 'Segment26' : 'Segment', {
    attributes: { ...attributes, nm: prototypeCount, npr: width },
    children: {
      ...children,
      proto: spec.is26 ? proto26(t, inputs, width) : proto(t, inputs[0], width),
      ...branches('cv4', spec.isEndToEnd, coefficients),
    },
  });
}

function protoChildren(t: TreeContext, inputs: number, width: number): Record<string, ModuleNode> {
  return {
    cv1: conv(t, inputs, width, { kernel: 3 }),
    upsample: convTranspose2d(t, width, width, 2),
    cv2: conv(t, width, width, { kernel: 3 }),
    cv3: conv(t, width, prototypeCount),
  };
}

function proto(t: TreeContext, inputs: number, width: number): ModuleNode {
  return moduleNode('ultralytics.nn.modules.block.Proto', { children: protoChildren(t, inputs, width) });
}

function proto26(t: TreeContext, inputs: readonly number[], width: number): ModuleNode {
  const [finest, ...coarser] = inputs;
  return moduleNode('ultralytics.nn.modules.block.Proto26', {
    children: {
      ...protoChildren(t, width, width),
      feat_refine: moduleList(coarser.map((channels) => conv(t, channels, finest))),
      feat_fuse: conv(t, finest, width, { kernel: 3 }),
      semseg: threeStage(t, finest, width, t.classCount),
    },
  });
}

export type KeypointShape = { readonly count: number; readonly dims: 2 | 3 };

export function pose(
  t: TreeContext,
  inputs: readonly number[],
  spec: TaskHeadSpec,
  { count, dims }: KeypointShape,
): ModuleNode {
  const { attributes, children } = detectParts(t, inputs, spec);
  const values = count * dims;
  const own = { ...attributes, kpt_shape: [count, dims], nk: values };
  const quarter = Math.floor(inputs[0] / 4);
  if (!spec.is26) {
    const keypoints = () => perLevel(inputs, (channels) => threeStage(t, channels, Math.max(quarter, values), values));
    return headNode('Pose', {
      attributes: own,
      children: { ...children, ...branches('cv4', spec.isEndToEnd, keypoints) },
    });
  }
  const hidden = Math.max(quarter, count * (dims + 2));
  const trunk = (channels: number) =>
    sequential(conv(t, channels, hidden, { kernel: 3 }), conv(t, hidden, hidden, { kernel: 3 }));
  const flat = (outputs: number) => () => perLevel(inputs, () => conv2d(t, hidden, outputs));
  return headNode('Pose26', {
    attributes: { ...own, nk_sigma: 2 * count },
    children: {
      ...children,
      flow_model: moduleNode('ultralytics.nn.modules.block.RealNVP'),
      ...branches('cv4', spec.isEndToEnd, () => perLevel(inputs, trunk)),
      ...branches('cv4_kpts', spec.isEndToEnd, flat(values)),
      ...branches('cv4_sigma', spec.isEndToEnd, flat(2 * count)),
    },
  });
}

export function obb(t: TreeContext, inputs: readonly number[], spec: TaskHeadSpec): ModuleNode {
  const { attributes, children } = detectParts(t, inputs, spec);
  const hidden = Math.max(Math.floor(inputs[0] / 4), 1);
  const angles = () => perLevel(inputs, (channels) => threeStage(t, channels, hidden, 1));
  return headNode(spec.is26 ? 'OBB26' : 'OBB', {
    attributes: { ...attributes, ne: 1 },
    children: { ...children, ...branches('cv4', spec.isEndToEnd, angles) },
  });
}
