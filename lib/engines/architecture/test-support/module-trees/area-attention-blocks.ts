import { feedForward } from '@/lib/engines/architecture/test-support/module-trees/attention-blocks';
import { conv } from '@/lib/engines/architecture/test-support/module-trees/conv-modules';
import { c3k } from '@/lib/engines/architecture/test-support/module-trees/csp-blocks';
import {
  moduleList,
  moduleNode,
  randomTensor,
  sequential,
} from '@/lib/engines/architecture/test-support/module-trees/torch-modules';
import type { TreeContext } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

export type AreaSpec = {
  readonly repeats: number;
  /** Runs of tokens that attend to themselves only; null for a block of C3k without attention. */
  readonly area: number | null;
  /** Scales l and x add the block's input, times a parameter per channel. */
  readonly hasResidual: boolean;
  /** Old files leave `all_head_dim` out. */
  readonly isOld: boolean;
};

export function a2c2f(t: TreeContext, inputs: number, outputs: number, spec: AreaSpec): ModuleNode {
  const hidden = Math.floor(outputs / 2);
  const { area } = spec;
  const item = () =>
    area === null
      ? c3k(t, hidden, hidden)
      : sequential(areaBlock(t, hidden, area, spec), areaBlock(t, hidden, area, spec));
  const gamma = spec.hasResidual ? randomTensor(t, [outputs], 0.3, 0.1) : null;
  return moduleNode('ultralytics.nn.modules.block.A2C2f', {
    // Without a parameter, `gamma` is a plain attribute set to None.
    attributes: gamma === null ? { gamma: null } : {},
    parameters: gamma === null ? {} : { gamma },
    children: {
      cv1: conv(t, inputs, hidden),
      cv2: conv(t, (1 + spec.repeats) * hidden, outputs),
      m: moduleList(Array.from({ length: spec.repeats }, item)),
    },
  });
}

function areaBlock(t: TreeContext, channels: number, area: number, { isOld }: AreaSpec): ModuleNode {
  return moduleNode('ultralytics.nn.modules.block.ABlock', {
    children: { attn: areaAttention(t, channels, area, isOld), mlp: feedForward(t, channels, 2 * channels) },
  });
}

function areaAttention(t: TreeContext, channels: number, area: number, isOld: boolean): ModuleNode {
  const headCount = Math.max(1, Math.floor((2 * channels) / t.headWidth));
  const headDim = channels / headCount;
  const plain = { hasActivation: false };
  return moduleNode('ultralytics.nn.modules.block.AAttn', {
    attributes: { area, num_heads: headCount, head_dim: headDim, ...(isOld ? {} : { all_head_dim: channels }) },
    children: {
      qkv: conv(t, channels, 3 * channels, plain),
      proj: conv(t, channels, channels, plain),
      pe: conv(t, channels, channels, { kernel: 7, groups: channels, ...plain }),
    },
  });
}
