import { a2c2f } from '@/lib/engines/architecture/test-support/module-trees/area-attention-blocks';
import { c2psa, psa } from '@/lib/engines/architecture/test-support/module-trees/attention-blocks';
import {
  aConv,
  aDown,
  type ConvSpec,
  cbLinear,
  conv,
  scDown,
} from '@/lib/engines/architecture/test-support/module-trees/conv-modules';
import {
  type C3k2Items,
  c2,
  c2f,
  c2fCib,
  c3,
  c3k2,
  type RepeatedSpec,
  type SppfSpec,
  sppf,
} from '@/lib/engines/architecture/test-support/module-trees/csp-blocks';
import { elan1, repNcspElan4, sppElan } from '@/lib/engines/architecture/test-support/module-trees/elan-blocks';
import type { Layer } from '@/lib/engines/architecture/test-support/module-trees/layer';
import {
  convTranspose2d,
  identity,
  maxPool2d,
  moduleNode,
  sequential,
} from '@/lib/engines/architecture/test-support/module-trees/torch-modules';
import type { TreeContext } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** The rows that the tables of the architectures are made of. Channels and repeats are those before scaling. */
export const layers = {
  conv: (channels: number, kernel: number, stride: number, spec: ConvSpec = {}, from = -1): Layer =>
    ofOne(channels, (t, inputs, outputs) => conv(t, inputs, outputs, { kernel, stride, ...spec }), from),

  /** Several 3×3 Convs as one Sequential. */
  convs: (repeats: number, channels: number): Layer =>
    ofOne(channels, (t, inputs, outputs) => {
      const rest = Array.from({ length: t.repeats(repeats) - 1 }, () => conv(t, outputs, outputs, { kernel: 3 }));
      return sequential(conv(t, inputs, outputs, { kernel: 3 }), ...rest);
    }),

  c2f: (repeats: number, channels: number, hasShortcut: boolean): Layer =>
    ofOne(channels, (t, inputs, outputs) => c2f(t, inputs, outputs, scaled(t, repeats, hasShortcut))),
  c2: (repeats: number, channels: number, hasShortcut: boolean): Layer =>
    ofOne(channels, (t, inputs, outputs) => c2(t, inputs, outputs, scaled(t, repeats, hasShortcut))),
  c3: (repeats: number, channels: number, hasShortcut: boolean): Layer =>
    ofOne(channels, (t, inputs, outputs) => c3(t, inputs, outputs, scaled(t, repeats, hasShortcut))),
  c2fCib: (repeats: number, channels: number): Layer =>
    ofOne(channels, (t, inputs, outputs) =>
      c2fCib(t, inputs, outputs, { ...scaled(t, repeats, true), hasLargeKernel: true }),
    ),
  /** A C2fCIB without the 7×7 kernels, as scales above s have it. */
  c2fCibPlain: (repeats: number, channels: number): Layer =>
    ofOne(channels, (t, inputs, outputs) =>
      c2fCib(t, inputs, outputs, { ...scaled(t, repeats, true), hasLargeKernel: false }),
    ),
  c3k2: (repeats: number, channels: number, items: C3k2Items, expansion = 0.5): Layer =>
    ofOne(channels, (t, inputs, outputs) =>
      c3k2(t, inputs, outputs, { repeats: t.repeats(repeats), items, expansion }),
    ),
  a2c2f: (repeats: number, channels: number, area: number | null, { hasResidual = false, isOld = false } = {}): Layer =>
    ofOne(channels, (t, inputs, outputs) =>
      a2c2f(t, inputs, outputs, { repeats: t.repeats(repeats), area, hasResidual, isOld }),
    ),

  c2psa: (repeats: number, channels: number): Layer =>
    ofOne(channels, (t, inputs) => c2psa(t, inputs, t.repeats(repeats))),
  psa: (channels: number): Layer => ofOne(channels, (t, inputs) => psa(t, inputs)),
  sppf: (channels: number, spec: SppfSpec): Layer =>
    ofOne(channels, (t, inputs, outputs) => sppf(t, inputs, outputs, spec)),

  elan1: (outputs: number, first: number, piece: number): Layer =>
    ofOne(outputs, (t, inputs) => elan1(t, inputs, elanChannels(t, outputs, first, piece))),
  repNcspElan4: (outputs: number, first: number, piece: number, repeats: number, hasNorm = false): Layer =>
    ofOne(outputs, (t, inputs) =>
      repNcspElan4(t, inputs, elanChannels(t, outputs, first, piece), { repeats: t.repeats(repeats), hasNorm }),
    ),
  sppElan: (outputs: number, hidden: number): Layer =>
    ofOne(outputs, (t, inputs, channels) => sppElan(t, inputs, channels, t.channels(hidden))),
  aConv: (channels: number): Layer => ofOne(channels, aConv),
  aDown: (channels: number): Layer => ofOne(channels, aDown),
  scDown: (channels: number): Layer => ofOne(channels, scDown),

  /** Splits into pieces of so many channels, for `cbFuse` layers to choose from. */
  cbLinear: (from: number, pieces: readonly number[]): Layer => ({
    from,
    build: (t, [[inputs]]) => {
      const outputs = pieces.map(t.channels);
      return { node: cbLinear(t, inputs, outputs), outputs };
    },
  }),
  /** The last input plus one piece of each other input: `pieces[k]` of input k. */
  cbFuse: (from: readonly number[], pieces: readonly number[]): Layer => ({
    from,
    build: (_, inputs) => ({
      node: moduleNode('ultralytics.nn.modules.block.CBFuse', { attributes: { idx: [...pieces] } }),
      outputs: inputs[inputs.length - 1],
    }),
  }),

  concat: (from: readonly number[]): Layer => ({
    from,
    build: (_, inputs) => ({
      node: moduleNode('ultralytics.nn.modules.conv.Concat', { attributes: { d: 1 } }),
      outputs: [inputs.flat().reduce((sum, channels) => sum + channels, 0)],
    }),
  }),
  upsample: (): Layer =>
    keeping(() =>
      moduleNode('torch.nn.modules.upsampling.Upsample', {
        attributes: { name: 'Upsample', size: null, scale_factor: 2, mode: 'nearest', align_corners: null },
      }),
    ),
  upsampleLearnt: (channels: number): Layer =>
    ofOne(channels, (t, inputs, outputs) => convTranspose2d(t, inputs, outputs, 2)),
  maxPool: (kernel: number, stride: number): Layer => keeping(() => maxPool2d(kernel, stride, 0)),
  zeroPad: (left: number, right: number, top: number, bottom: number): Layer =>
    keeping(() =>
      moduleNode('torch.nn.modules.padding.ZeroPad2d', { attributes: { padding: [left, right, top, bottom] } }),
    ),
  /** YOLOv9e's first layer, a name for the image itself. */
  silence: (): Layer => keeping(() => moduleNode('ultralytics.nn.modules.block.Silence')),
  identity: (): Layer => keeping(identity),

  /** The last layer; what it answers no layer reads. */
  head: (from: readonly number[], make: (t: TreeContext, inputs: readonly number[]) => ModuleNode): Layer => ({
    from: from.length === 1 ? from[0] : from,
    build: (t, inputs) => ({ node: make(t, inputs.flat()), outputs: [] }),
  }),
};

function ofOne(
  channels: number,
  make: (t: TreeContext, inputs: number, outputs: number) => ModuleNode,
  from = -1,
): Layer {
  return {
    from,
    build: (t, [[inputs]]) => {
      const outputs = t.channels(channels);
      return { node: make(t, inputs, outputs), outputs: [outputs] };
    },
  };
}

/** A layer without weights that keeps the channels of its input. */
function keeping(make: () => ModuleNode): Layer {
  return { from: -1, build: (_, [inputs]) => ({ node: make(), outputs: inputs }) };
}

function scaled(t: TreeContext, repeats: number, hasShortcut: boolean): RepeatedSpec {
  return { repeats: t.repeats(repeats), hasShortcut };
}

function elanChannels(t: TreeContext, outputs: number, first: number, piece: number) {
  return { outputs: t.channels(outputs), first: t.channels(first), piece: t.channels(piece) };
}
