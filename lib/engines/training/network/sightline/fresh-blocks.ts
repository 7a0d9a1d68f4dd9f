import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import type { SeededRandom } from '@/lib/engines/training/augment/seeded-random';
import { freshConv } from '@/lib/engines/training/network/sightline/fresh-layers';
import { moduleList, moduleNode } from '@/lib/engines/training/network/sightline/module-node';

/** Halves of a first convolution, the second refined once by a residual pair of 3×3 convolutions, all three joined. */
export function freshC3k2(random: SeededRandom, inputs: number, outputs: number): ModuleNode {
  const half = outputs / 2;
  return moduleNode('ultralytics.nn.modules.block.C3k2', {
    attributes: { c: half },
    children: {
      cv1: freshConv(random, inputs, 2 * half),
      cv2: freshConv(random, 3 * half, outputs),
      m: moduleList([freshBottleneck(random, half)]),
    },
  });
}

function freshBottleneck(random: SeededRandom, channels: number): ModuleNode {
  const hidden = channels / 2;
  return moduleNode('ultralytics.nn.modules.block.Bottleneck', {
    attributes: { add: true },
    children: {
      cv1: freshConv(random, channels, hidden, { kernel: 3 }),
      cv2: freshConv(random, hidden, channels, { kernel: 3 }),
    },
  });
}

/** Three 5×5 poolings in a row, which see as far as 5, 9 and 13 cells, joined with what went in. */
export function freshSppf(random: SeededRandom, channels: number): ModuleNode {
  const hidden = channels / 2;
  return moduleNode('ultralytics.nn.modules.block.SPPF', {
    attributes: { n: 3, add: false },
    children: {
      cv1: freshConv(random, channels, hidden),
      cv2: freshConv(random, 4 * hidden, channels),
      m: moduleNode('torch.nn.modules.pooling.MaxPool2d', {
        attributes: { kernel_size: 5, stride: 1, padding: 2, dilation: 1, ceil_mode: false },
      }),
    },
  });
}

/** Twice as high and wide, each cell repeated. */
export function upsampling(): ModuleNode {
  return moduleNode('torch.nn.modules.upsampling.Upsample', {
    attributes: { size: null, scale_factor: 2, mode: 'nearest', align_corners: null },
  });
}

/** Channels of several layers one after the other. */
export function joining(): ModuleNode {
  return moduleNode('ultralytics.nn.modules.conv.Concat', { attributes: { d: 1 } });
}
