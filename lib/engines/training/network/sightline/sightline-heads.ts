import { unreachable } from '@/lib/core/assert';
import type { CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import type { SeededRandom } from '@/lib/engines/training/augment/seeded-random';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';
import { classBias, freshBoxBias } from '@/lib/engines/training/network/head-biases';
import { memoryTensor } from '@/lib/engines/training/network/memory-tensor';
import {
  freshConv,
  freshConv2d,
  freshLinear,
  freshUpsampling,
} from '@/lib/engines/training/network/sightline/fresh-layers';
import { moduleList, moduleNode, sequential } from '@/lib/engines/training/network/sightline/module-node';
import type { SightlineWidths } from '@/lib/engines/training/network/sightline/sightline-sizes';

/** What a head has to tell apart. */
export type HeadSpec = {
  readonly classes: number;
  /** Of poses; null for all other tasks. */
  readonly keypoints: { readonly count: number; readonly dims: 2 | 3 } | null;
};

/** Pixels per cell of the levels that a head is given. */
export const sightlineStrides: readonly number[] = [8, 16, 32];

/** Distances that the side of a box is a distribution over (https://arxiv.org/abs/2006.04388). */
const bins = 16;

/** Masks are sums of so many prototypes. */
const prototypeCount = 32;

type Parts = {
  readonly attributes: Readonly<Record<string, CheckpointValue>>;
  readonly children: Readonly<Record<string, ModuleNode>>;
};

/** The head of a task whose answer are objects, for levels of so many channels. */
export function objectHead(
  random: SeededRandom,
  task: ObjectTask,
  channels: readonly number[],
  widths: SightlineWidths,
  spec: HeadSpec,
): ModuleNode {
  const { attributes, children } = detectParts(random, channels, widths, spec);
  const extras = (outputs: number) => ({ cv4: branch(random, channels, widths.extras, () => ({ outputs })) });
  switch (task) {
    case 'detect':
      return headNode('Detect', { attributes, children });
    case 'segment':
      return headNode('Segment', {
        attributes: { ...attributes, nm: prototypeCount, npr: widths.prototypes },
        children: {
          ...children,
          proto: prototypeModule(random, channels[0], widths.prototypes),
          ...extras(prototypeCount),
        },
      });
    case 'pose': {
      const { count, dims } = spec.keypoints ?? { count: 17, dims: 3 };
      const shape = { kpt_shape: [count, dims], nk: count * dims };
      return headNode('Pose', {
        attributes: { ...attributes, ...shape },
        children: { ...children, ...extras(count * dims) },
      });
    }
    case 'obb':
      return headNode('OBB', { attributes: { ...attributes, ne: 1 }, children: { ...children, ...extras(1) } });
    default:
      return unreachable(task);
  }
}

/** The head of a classifier: wide features, their means, one layer. */
export function classHead(
  random: SeededRandom,
  channels: number,
  { classifier }: SightlineWidths,
  { classes }: HeadSpec,
): ModuleNode {
  return headNode('Classify', {
    attributes: {},
    children: {
      conv: freshConv(random, channels, classifier),
      pool: moduleNode('torch.nn.modules.pooling.AdaptiveAvgPool2d', { attributes: { output_size: 1 } }),
      drop: moduleNode('torch.nn.modules.dropout.Dropout', { attributes: { p: 0, inplace: true } }),
      linear: freshLinear(random, classifier, classes),
    },
  });
}

function detectParts(
  random: SeededRandom,
  channels: readonly number[],
  widths: SightlineWidths,
  { classes }: HeadSpec,
): Parts {
  return {
    attributes: {
      nc: classes,
      nl: channels.length,
      reg_max: bins,
      no: classes + 4 * bins,
      stride: memoryTensor([sightlineStrides.length], Float32Array.from(sightlineStrides)),
    },
    children: {
      cv2: branch(random, channels, widths.boxes, () => ({ outputs: 4 * bins, bias: freshBoxBias })),
      cv3: branch(random, channels, widths.classes, (level) => ({
        outputs: classes,
        bias: classBias(classes, sightlineStrides[level]),
      })),
      dfl: distances(),
    },
  };
}

/** For each level two 3×3 convolutions and a plain one at the end. */
function branch(
  random: SeededRandom,
  channels: readonly number[],
  hidden: number,
  last: (level: number) => { readonly outputs: number; readonly bias?: number },
): ModuleNode {
  const levels = channels.map((inputs, level) => {
    const { outputs, bias } = last(level);
    return sequential([
      freshConv(random, inputs, hidden, { kernel: 3 }),
      freshConv(random, hidden, hidden, { kernel: 3 }),
      freshConv2d(random, hidden, outputs, { bias }),
    ]);
  });
  return moduleList(levels);
}

function prototypeModule(random: SeededRandom, inputs: number, width: number): ModuleNode {
  return moduleNode('ultralytics.nn.modules.block.Proto', {
    children: {
      cv1: freshConv(random, inputs, width, { kernel: 3 }),
      upsample: freshUpsampling(random, width, width),
      cv2: freshConv(random, width, width, { kernel: 3 }),
      cv3: freshConv(random, width, prototypeCount),
    },
  });
}

/** What the expectation of a side's distribution is weighed by: 0, 1, 2 … */
function distances(): ModuleNode {
  const weight = memoryTensor(
    [1, bins, 1, 1],
    Float32Array.from({ length: bins }, (_, bin) => bin),
  );
  const conv = moduleNode('torch.nn.modules.conv.Conv2d', { parameters: { weight, bias: null } });
  return moduleNode('ultralytics.nn.modules.block.DFL', { attributes: { c1: bins }, children: { conv } });
}

function headNode(className: string, parts: Parts): ModuleNode {
  return moduleNode(`ultralytics.nn.modules.head.${className}`, parts);
}
