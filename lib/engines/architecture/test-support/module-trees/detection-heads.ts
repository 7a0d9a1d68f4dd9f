import { conv, depthwiseConv } from '@/lib/engines/architecture/test-support/module-trees/conv-modules';
import { inMemoryTensor } from '@/lib/engines/architecture/test-support/module-trees/in-memory-tensor';
import {
  conv2d,
  identity,
  moduleList,
  moduleNode,
  sequential,
} from '@/lib/engines/architecture/test-support/module-trees/torch-modules';
import type { TreeContext } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import type { CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

export type DetectionHeadSpec = {
  /** Bins of the distance distribution of one box side: 16, or 1 for plain distances (yolo26). */
  readonly regMax: 16 | 1;
  /** With a second, one-to-one branch that needs no suppression. */
  readonly isEndToEnd: boolean;
  /** Two full 3×3 convolutions per class branch, as up to YOLOv9, or depthwise ones as since. */
  readonly hasFullClassBranch: boolean;
  /** Pixels of the network input per cell of each level. */
  readonly strides: readonly number[];
};

/** Children, attributes and class name of a detection head; the heads of other tasks add to the first two. */
export type HeadParts = {
  readonly attributes: Readonly<Record<string, CheckpointValue>>;
  readonly children: Readonly<Record<string, ModuleNode>>;
};

export function detect(t: TreeContext, inputs: readonly number[], spec: DetectionHeadSpec): ModuleNode {
  return headNode('Detect', detectParts(t, inputs, spec));
}

/** The head of YOLOv10: end-to-end, with the distance distribution. */
export function v10Detect(t: TreeContext, inputs: readonly number[]): ModuleNode {
  const spec: DetectionHeadSpec = { regMax: 16, isEndToEnd: true, hasFullClassBranch: false, strides: [8, 16, 32] };
  return headNode('v10Detect', detectParts(t, inputs, spec));
}

export function headNode(className: string, { attributes, children }: HeadParts): ModuleNode {
  return moduleNode(`ultralytics.nn.modules.head.${className}`, { attributes, children });
}

export function detectParts(t: TreeContext, inputs: readonly number[], spec: DetectionHeadSpec): HeadParts {
  const { regMax, isEndToEnd, strides } = spec;
  const boxWidth = Math.max(16, Math.floor(inputs[0] / 4), regMax * 4);
  const classWidth = Math.max(inputs[0], Math.min(t.classCount, 100));
  const boxes = () => perLevel(inputs, (channels) => threeStage(t, channels, boxWidth, 4 * regMax));
  const classes = () => perLevel(inputs, (channels) => classBranch(t, channels, classWidth, spec));
  return {
    attributes: {
      nc: t.classCount,
      nl: inputs.length,
      reg_max: regMax,
      no: t.classCount + 4 * regMax,
      stride: inMemoryTensor([strides.length], Float32Array.from(strides)),
    },
    children: {
      cv2: boxes(),
      cv3: classes(),
      dfl: regMax > 1 ? distributionFocal(regMax) : identity(),
      ...(isEndToEnd ? { one2one_cv2: boxes(), one2one_cv3: classes() } : {}),
    },
  };
}

/** The branches of all levels under one name, and once more as `one2one_…` for an end-to-end head. */
export function branches(name: string, isEndToEnd: boolean, make: () => ModuleNode): Record<string, ModuleNode> {
  return isEndToEnd ? { [name]: make(), [`one2one_${name}`]: make() } : { [name]: make() };
}

export function perLevel(inputs: readonly number[], branch: (channels: number) => ModuleNode): ModuleNode {
  return moduleList(inputs.map(branch));
}

/** Two 3×3 Convs and a plain 1×1 convolution. */
export function threeStage(t: TreeContext, inputs: number, hidden: number, outputs: number): ModuleNode {
  return sequential(
    conv(t, inputs, hidden, { kernel: 3 }),
    conv(t, hidden, hidden, { kernel: 3 }),
    conv2d(t, hidden, outputs),
  );
}

function classBranch(t: TreeContext, inputs: number, hidden: number, spec: DetectionHeadSpec): ModuleNode {
  if (spec.hasFullClassBranch) return threeStage(t, inputs, hidden, t.classCount);
  return sequential(
    sequential(depthwiseConv(t, inputs, inputs, 3), conv(t, inputs, hidden)),
    sequential(depthwiseConv(t, hidden, hidden, 3), conv(t, hidden, hidden)),
    conv2d(t, hidden, t.classCount),
  );
}

/** The expectation over `bins` distances as a 1×1 convolution whose weights are 0, 1, 2 … */
function distributionFocal(bins: number): ModuleNode {
  return moduleNode('ultralytics.nn.modules.block.DFL', {
    attributes: { c1: bins },
    children: {
      conv: moduleNode('torch.nn.modules.conv.Conv2d', {
        attributes: {
          in_channels: bins,
          out_channels: 1,
          kernel_size: [1, 1],
          stride: [1, 1],
          padding: [0, 0],
          dilation: [1, 1],
          transposed: false,
          output_padding: [0, 0],
          groups: 1,
          padding_mode: 'zeros',
        },
        parameters: {
          weight: inMemoryTensor(
            [1, bins, 1, 1],
            Float32Array.from({ length: bins }, (_, bin) => bin),
          ),
          bias: null,
        },
      }),
    },
  });
}
