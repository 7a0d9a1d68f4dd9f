import { conv } from '@/lib/engines/architecture/test-support/module-trees/conv-modules';
import { moduleNode, sequential } from '@/lib/engines/architecture/test-support/module-trees/torch-modules';
import type { TreeContext } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

function attention(t: TreeContext, channels: number): ModuleNode {
  const headCount = Math.max(1, Math.floor(channels / t.headWidth));
  const headDim = channels / headCount;
  const keyDim = headDim / 2;
  const plain = { hasActivation: false };
  return moduleNode('ultralytics.nn.modules.block.Attention', {
    attributes: { num_heads: headCount, head_dim: headDim, key_dim: keyDim, scale: keyDim ** -0.5 },
    children: {
      qkv: conv(t, channels, channels + 2 * keyDim * headCount, plain),
      proj: conv(t, channels, channels, plain),
      pe: conv(t, channels, channels, { kernel: 3, groups: channels, ...plain }),
    },
  });
}

/** Two 1×1 convolutions, the second without activation. */
export function feedForward(t: TreeContext, channels: number, hidden: number): ModuleNode {
  return sequential(conv(t, channels, hidden), conv(t, hidden, channels, { hasActivation: false }));
}

export function psaBlock(t: TreeContext, channels: number): ModuleNode {
  return moduleNode('ultralytics.nn.modules.block.PSABlock', {
    attributes: { add: true },
    children: { attn: attention(t, channels), ffn: feedForward(t, channels, 2 * channels) },
  });
}

export function c2psa(t: TreeContext, channels: number, repeats: number): ModuleNode {
  const hidden = channels / 2;
  return moduleNode('ultralytics.nn.modules.block.C2PSA', {
    attributes: { c: hidden },
    children: {
      cv1: conv(t, channels, 2 * hidden),
      cv2: conv(t, 2 * hidden, channels),
      m: sequential(...Array.from({ length: repeats }, () => psaBlock(t, hidden))),
    },
  });
}

export function psa(t: TreeContext, channels: number): ModuleNode {
  const hidden = channels / 2;
  return moduleNode('ultralytics.nn.modules.block.PSA', {
    attributes: { c: hidden },
    children: {
      cv1: conv(t, channels, 2 * hidden),
      cv2: conv(t, 2 * hidden, channels),
      attn: attention(t, hidden),
      ffn: feedForward(t, hidden, 2 * hidden),
    },
  });
}
