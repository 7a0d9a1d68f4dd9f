import { conv } from '@/lib/engines/architecture/test-support/module-trees/conv-modules';
import { repCsp } from '@/lib/engines/architecture/test-support/module-trees/csp-blocks';
import { maxPool2d, moduleNode, sequential } from '@/lib/engines/architecture/test-support/module-trees/torch-modules';
import type { TreeContext } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** Channels of an ELAN block: of its outputs, of its first convolution, and of each piece appended to it. */
export type ElanChannels = { readonly outputs: number; readonly first: number; readonly piece: number };

export function elan1(t: TreeContext, inputs: number, channels: ElanChannels): ModuleNode {
  const { first, piece } = channels;
  return elan('ELAN1', t, inputs, channels, [
    conv(t, first / 2, piece, { kernel: 3 }),
    conv(t, piece, piece, { kernel: 3 }),
  ]);
}

export type RepElanSpec = {
  readonly repeats: number;
  /** A normalisation beside the parallel convolutions: none of the published networks has it. */
  readonly hasNorm: boolean;
};

export function repNcspElan4(
  t: TreeContext,
  inputs: number,
  channels: ElanChannels,
  { repeats, hasNorm }: RepElanSpec,
): ModuleNode {
  const { first, piece } = channels;
  const step = (from: number) =>
    sequential(repCsp(t, from, piece, repeats, hasNorm), conv(t, piece, piece, { kernel: 3 }));
  return elan('RepNCSPELAN4', t, inputs, channels, [step(first / 2), step(piece)]);
}

function elan(
  className: 'ELAN1' | 'RepNCSPELAN4',
  t: TreeContext,
  inputs: number,
  { outputs, first, piece }: ElanChannels,
  [cv2, cv3]: readonly [ModuleNode, ModuleNode],
): ModuleNode {
  return moduleNode(`ultralytics.nn.modules.block.${className}`, {
    attributes: { c: first / 2 },
    children: { cv1: conv(t, inputs, first), cv2, cv3, cv4: conv(t, first + 2 * piece, outputs) },
  });
}

export function sppElan(t: TreeContext, inputs: number, outputs: number, hidden: number): ModuleNode {
  const pool = () => maxPool2d(5, 1, 2);
  return moduleNode('ultralytics.nn.modules.block.SPPELAN', {
    attributes: { c: hidden },
    children: {
      cv1: conv(t, inputs, hidden),
      cv2: pool(),
      cv3: pool(),
      cv4: pool(),
      cv5: conv(t, 4 * hidden, outputs),
    },
  });
}
