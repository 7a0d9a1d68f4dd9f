import { psaBlock } from '@/lib/engines/architecture/test-support/module-trees/attention-blocks';
import { conv, repConv, repVggDw } from '@/lib/engines/architecture/test-support/module-trees/conv-modules';
import {
  maxPool2d,
  moduleList,
  moduleNode,
  sequential,
} from '@/lib/engines/architecture/test-support/module-trees/torch-modules';
import type { TreeContext } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

type BottleneckSpec = {
  readonly hasShortcut: boolean;
  readonly kernels?: readonly [number, number];
  /** Hidden channels as a fraction of the outputs. */
  readonly expansion?: number;
};

function bottleneck(t: TreeContext, inputs: number, outputs: number, spec: BottleneckSpec): ModuleNode {
  const { hasShortcut, kernels = [3, 3], expansion = 0.5 } = spec;
  const hidden = Math.floor(outputs * expansion);
  return moduleNode('ultralytics.nn.modules.block.Bottleneck', {
    attributes: { add: hasShortcut && inputs === outputs },
    children: {
      cv1: conv(t, inputs, hidden, { kernel: kernels[0] }),
      cv2: conv(t, hidden, outputs, { kernel: kernels[1] }),
    },
  });
}

export type RepeatedSpec = { readonly repeats: number; readonly hasShortcut: boolean };

/** Halves of the first convolution; every item appends what it makes of the latest piece. */
export function c2f(t: TreeContext, inputs: number, outputs: number, spec: RepeatedSpec): ModuleNode {
  const { repeats, hasShortcut } = spec;
  const item = (c: number) => bottleneck(t, c, c, { hasShortcut, expansion: 1 });
  return splitAndAppend('C2f', t, inputs, outputs, 0.5, repeats, item);
}

export function c2fCib(
  t: TreeContext,
  inputs: number,
  outputs: number,
  { repeats, hasShortcut, hasLargeKernel }: RepeatedSpec & { readonly hasLargeKernel: boolean },
): ModuleNode {
  const item = (c: number) => cib(t, c, hasShortcut, hasLargeKernel);
  return splitAndAppend('C2fCIB', t, inputs, outputs, 0.5, repeats, item);
}

export type C3k2Items = 'bottleneck' | 'c3k' | 'attention';

export function c3k2(
  t: TreeContext,
  inputs: number,
  outputs: number,
  { repeats, items, expansion = 0.5 }: { repeats: number; items: C3k2Items; expansion?: number },
): ModuleNode {
  const makers: Record<C3k2Items, (c: number) => ModuleNode> = {
    bottleneck: (c) => bottleneck(t, c, c, { hasShortcut: true }),
    c3k: (c) => c3k(t, c, c),
    attention: (c) => sequential(bottleneck(t, c, c, { hasShortcut: true }), psaBlock(t, c)),
  };
  return splitAndAppend('C3k2', t, inputs, outputs, expansion, repeats, makers[items]);
}

function splitAndAppend(
  className: 'C2f' | 'C3k2' | 'C2fCIB',
  t: TreeContext,
  inputs: number,
  outputs: number,
  expansion: number,
  repeats: number,
  item: (channels: number) => ModuleNode,
): ModuleNode {
  const hidden = Math.floor(outputs * expansion);
  return moduleNode(`ultralytics.nn.modules.block.${className}`, {
    attributes: { c: hidden },
    children: {
      cv1: conv(t, inputs, 2 * hidden),
      cv2: conv(t, (2 + repeats) * hidden, outputs),
      m: moduleList(Array.from({ length: repeats }, () => item(hidden))),
    },
  });
}

export function c2(
  t: TreeContext,
  inputs: number,
  outputs: number,
  { repeats, hasShortcut }: RepeatedSpec,
): ModuleNode {
  const hidden = Math.floor(outputs / 2);
  const items = Array.from({ length: repeats }, () => bottleneck(t, hidden, hidden, { hasShortcut, expansion: 1 }));
  return moduleNode('ultralytics.nn.modules.block.C2', {
    attributes: { c: hidden },
    children: { cv1: conv(t, inputs, 2 * hidden), cv2: conv(t, 2 * hidden, outputs), m: sequential(...items) },
  });
}

export function c3(
  t: TreeContext,
  inputs: number,
  outputs: number,
  { repeats, hasShortcut }: RepeatedSpec,
): ModuleNode {
  const item = (c: number) => bottleneck(t, c, c, { hasShortcut, kernels: [1, 3], expansion: 1 });
  return threeConvolutions('C3', t, inputs, outputs, repeats, item);
}

/** Always with two bottlenecks: the blocks around it never ask for another number. */
export function c3k(t: TreeContext, inputs: number, outputs: number): ModuleNode {
  const item = (c: number) => bottleneck(t, c, c, { hasShortcut: true, expansion: 1 });
  return threeConvolutions('C3k', t, inputs, outputs, 2, item);
}

export function repCsp(t: TreeContext, inputs: number, outputs: number, repeats: number, hasNorm: boolean): ModuleNode {
  return threeConvolutions('RepCSP', t, inputs, outputs, repeats, (c) => repBottleneck(t, c, hasNorm));
}

function threeConvolutions(
  className: 'C3' | 'C3k' | 'RepCSP',
  t: TreeContext,
  inputs: number,
  outputs: number,
  repeats: number,
  item: (channels: number) => ModuleNode,
): ModuleNode {
  const hidden = Math.floor(outputs / 2);
  return moduleNode(`ultralytics.nn.modules.block.${className}`, {
    children: {
      cv1: conv(t, inputs, hidden),
      cv2: conv(t, inputs, hidden),
      cv3: conv(t, 2 * hidden, outputs),
      m: sequential(...Array.from({ length: repeats }, () => item(hidden))),
    },
  });
}

function repBottleneck(t: TreeContext, channels: number, hasNorm: boolean): ModuleNode {
  return moduleNode('ultralytics.nn.modules.block.RepBottleneck', {
    attributes: { add: true },
    children: { cv1: repConv(t, channels, channels, hasNorm), cv2: conv(t, channels, channels, { kernel: 3 }) },
  });
}

function cib(t: TreeContext, channels: number, hasShortcut: boolean, hasLargeKernel: boolean): ModuleNode {
  const depthwise = (c: number) => conv(t, c, c, { kernel: 3, groups: c });
  const wide = 2 * channels;
  return moduleNode('ultralytics.nn.modules.block.CIB', {
    attributes: { add: hasShortcut },
    children: {
      cv1: sequential(
        depthwise(channels),
        conv(t, channels, wide),
        hasLargeKernel ? repVggDw(t, wide) : depthwise(wide),
        conv(t, wide, channels),
        depthwise(channels),
      ),
    },
  });
}

export type SppfSpec = {
  readonly hasActivation: boolean;
  readonly hasShortcut: boolean;
  /** Files older than 8.4 have neither `n` nor `add`. */
  readonly isOld: boolean;
};

export function sppf(t: TreeContext, inputs: number, outputs: number, spec: SppfSpec): ModuleNode {
  const hidden = Math.floor(inputs / 2);
  return moduleNode('ultralytics.nn.modules.block.SPPF', {
    attributes: spec.isOld ? {} : { n: 3, add: spec.hasShortcut && inputs === outputs },
    children: {
      cv1: conv(t, inputs, hidden, { hasActivation: spec.hasActivation }),
      cv2: conv(t, 4 * hidden, outputs),
      m: maxPool2d(5, 1, 2),
    },
  });
}
