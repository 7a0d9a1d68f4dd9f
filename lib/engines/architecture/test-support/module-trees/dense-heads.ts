import { conv } from '@/lib/engines/architecture/test-support/module-trees/conv-modules';
import { headNode } from '@/lib/engines/architecture/test-support/module-trees/detection-heads';
import { inMemoryTensor } from '@/lib/engines/architecture/test-support/module-trees/in-memory-tensor';
import {
  conv2d,
  convTranspose2d,
  linear,
  moduleList,
  moduleNode,
  sequential,
} from '@/lib/engines/architecture/test-support/module-trees/torch-modules';
import type { TreeContext } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

export function classify(t: TreeContext, inputs: number): ModuleNode {
  return headNode('Classify', {
    attributes: {},
    children: {
      conv: conv(t, inputs, t.classifierWidth),
      pool: moduleNode('torch.nn.modules.pooling.AdaptiveAvgPool2d', { attributes: { output_size: 1 } }),
      drop: moduleNode('torch.nn.modules.dropout.Dropout', { attributes: { p: 0, inplace: true } }),
      linear: linear(t, t.classifierWidth, t.classCount),
    },
  });
}

export function semanticSegment(t: TreeContext, inputs: readonly number[]): ModuleNode {
  const [width, auxiliaryInputs] = inputs;
  const branch = (channels: number) =>
    sequential(conv(t, channels, width, { kernel: 3 }), conv2d(t, width, t.classCount));
  return headNode('SemanticSegment', {
    attributes: { nc: t.classCount, nl: inputs.length, stride: inMemoryTensor([2], Float32Array.of(8, 16)) },
    children: { classifier: branch(width), aux_head: branch(auxiliaryInputs) },
  });
}

export function depth(t: TreeContext, inputs: readonly number[]): ModuleNode {
  const width = t.channels(256);
  const half = width / 2;
  const refine = () => sequential(conv(t, width, width, { kernel: 3 }), conv(t, width, width, { kernel: 3 }));
  return moduleNode('ultralytics.nn.modules.head.Depth', {
    attributes: { nl: inputs.length },
    children: {
      proj: moduleList(inputs.map((channels) => conv(t, channels, width))),
      refine: moduleList(inputs.slice(1).map(refine)),
      head: sequential(
        conv(t, width, half, { kernel: 3 }),
        convTranspose2d(t, half, half, 2),
        conv(t, half, half / 2, { kernel: 3 }),
        conv2d(t, half / 2, 1),
      ),
    },
    // Not the identity that they start training with, so that leaving them out shows.
    buffers: {
      cal_a: inMemoryTensor([1], Float32Array.of(0.9)),
      cal_b: inMemoryTensor([1], Float32Array.of(0.1)),
    },
  });
}
