import {
  activationModule,
  batchNorm2d,
  conv2d,
  identity,
  moduleNode,
} from '@/lib/engines/architecture/test-support/module-trees/torch-modules';
import type { TreeContext } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

export type ConvSpec = {
  readonly kernel?: number;
  readonly stride?: number;
  /** Half the kernel where it is not given. */
  readonly padding?: number;
  readonly groups?: number;
  readonly hasActivation?: boolean;
};

/** Convolution without bias, batch normalisation, activation. */
export function conv(t: TreeContext, inputs: number, outputs: number, spec: ConvSpec = {}): ModuleNode {
  return convOfClass('Conv', t, inputs, outputs, spec);
}

/** A Conv in as many groups as both channel counts allow. */
export function depthwiseConv(t: TreeContext, inputs: number, outputs: number, kernel: number): ModuleNode {
  return convOfClass('DWConv', t, inputs, outputs, { kernel, groups: greatestCommonDivisor(inputs, outputs) });
}

function convOfClass(
  className: 'Conv' | 'DWConv',
  t: TreeContext,
  inputs: number,
  outputs: number,
  { kernel = 1, stride = 1, padding = Math.floor(kernel / 2), groups = 1, hasActivation = true }: ConvSpec,
): ModuleNode {
  return moduleNode(`ultralytics.nn.modules.conv.${className}`, {
    children: {
      conv: conv2d(t, inputs, outputs, { kernel, stride, padding, groups, hasBias: false }),
      bn: batchNorm2d(t, outputs),
      act: hasActivation ? activationModule(t.activation) : identity(),
    },
  });
}

/** A 3×3 and a 1×1 convolution side by side; with `hasNorm`, which needs equal widths, a normalisation of the input as third. */
export function repConv(t: TreeContext, inputs: number, outputs: number, hasNorm: boolean): ModuleNode {
  return moduleNode('ultralytics.nn.modules.conv.RepConv', {
    attributes: { g: 1, c1: inputs, c2: outputs },
    children: {
      act: activationModule(t.activation),
      bn: hasNorm ? batchNorm2d(t, inputs) : null,
      conv1: conv(t, inputs, outputs, { kernel: 3, hasActivation: false }),
      conv2: conv(t, inputs, outputs, { kernel: 1, hasActivation: false }),
    },
  });
}

/** A 7×7 and a 3×3 depthwise convolution side by side. */
export function repVggDw(t: TreeContext, channels: number): ModuleNode {
  const depthwise = { groups: channels, hasActivation: false };
  return moduleNode('ultralytics.nn.modules.block.RepVGGDW', {
    attributes: { dim: channels },
    children: {
      conv: conv(t, channels, channels, { kernel: 7, ...depthwise }),
      conv1: conv(t, channels, channels, { kernel: 3, ...depthwise }),
      act: activationModule('SiLU'),
    },
  });
}

export function scDown(t: TreeContext, inputs: number, outputs: number): ModuleNode {
  return moduleNode('ultralytics.nn.modules.block.SCDown', {
    children: {
      cv1: conv(t, inputs, outputs),
      cv2: conv(t, outputs, outputs, { kernel: 3, stride: 2, groups: outputs, hasActivation: false }),
    },
  });
}

export function aConv(t: TreeContext, inputs: number, outputs: number): ModuleNode {
  return moduleNode('ultralytics.nn.modules.block.AConv', {
    children: { cv1: conv(t, inputs, outputs, { kernel: 3, stride: 2 }) },
  });
}

export function aDown(t: TreeContext, inputs: number, outputs: number): ModuleNode {
  return moduleNode('ultralytics.nn.modules.block.ADown', {
    attributes: { c: outputs / 2 },
    children: {
      cv1: conv(t, inputs / 2, outputs / 2, { kernel: 3, stride: 2 }),
      cv2: conv(t, inputs / 2, outputs / 2),
    },
  });
}

export function cbLinear(t: TreeContext, inputs: number, pieces: readonly number[]): ModuleNode {
  const outputs = pieces.reduce((sum, piece) => sum + piece, 0);
  return moduleNode('ultralytics.nn.modules.block.CBLinear', {
    attributes: { c2s: [...pieces] },
    children: { conv: conv2d(t, inputs, outputs) },
  });
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
