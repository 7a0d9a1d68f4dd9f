import type { CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import type { SeededRandom } from '@/lib/engines/training/augment/seeded-random';
import { freshC3k2, freshSppf, joining, upsampling } from '@/lib/engines/training/network/sightline/fresh-blocks';
import { freshConv } from '@/lib/engines/training/network/sightline/fresh-layers';
import type { SightlineWidths } from '@/lib/engines/training/network/sightline/sightline-sizes';

/** The layers of a network up to its head. */
export type SightlineLayers = {
  readonly layers: readonly ModuleNode[];
  /** Numbers of the layers that the head is given, finest first, and their channels. */
  readonly from: readonly number[];
  readonly channels: readonly number[];
};

const down = { kernel: 3, stride: 2 } as const;

/** From the image to stride 32: a convolution that halves and a block in turn, and a pooling pyramid at the end. */
export function sightlineTrunk(random: SeededRandom, { stem, stages }: SightlineWidths): SightlineLayers {
  const layers = [placed(0, -1, freshConv(random, 3, stem, down))];
  let inputs = stem;
  for (const outputs of stages) {
    layers.push(placed(layers.length, -1, freshConv(random, inputs, outputs, down)));
    layers.push(placed(layers.length, -1, freshC3k2(random, outputs, outputs)));
    inputs = outputs;
  }
  layers.push(placed(layers.length, -1, freshSppf(random, inputs)));
  return { layers, from: [layers.length - 1], channels: [inputs] };
}

/** Layers of the trunk that the pyramid takes up again. */
const [finestStage, middleStage, topLayer] = [4, 6, 9];

/**
 * The trunk, and over it a pyramid from the coarsest level to the finest and back (S. Liu et al., “Path Aggregation Network”,
 * https://arxiv.org/abs/1803.01534).
 */
export function sightlinePyramid(random: SeededRandom, widths: SightlineWidths): SightlineLayers {
  const [, finest, middle, top] = widths.stages;
  const [fine, medium, coarse] = widths.neck;
  const layers = [...sightlineTrunk(random, widths).layers];
  const add = (from: number | readonly number[], node: ModuleNode) => {
    layers.push(placed(layers.length, from, node));
    return layers.length - 1;
  };
  add(-1, upsampling());
  add([-1, middleStage], joining());
  const upper = add(-1, freshC3k2(random, top + middle, medium));
  add(-1, upsampling());
  add([-1, finestStage], joining());
  const fineLevel = add(-1, freshC3k2(random, medium + finest, fine));
  add(-1, freshConv(random, fine, fine, down));
  add([-1, upper], joining());
  const mediumLevel = add(-1, freshC3k2(random, fine + medium, medium));
  add(-1, freshConv(random, medium, medium, down));
  add([-1, topLayer], joining());
  const coarseLevel = add(-1, freshC3k2(random, medium + top, coarse));
  return { layers, from: [fineLevel, mediumLevel, coarseLevel], channels: widths.neck };
}

/** The module as a layer: with its number, and the layers it takes. */
export function placed(index: number, from: number | readonly number[], node: ModuleNode): ModuleNode {
  const place: readonly (readonly [string, CheckpointValue])[] = [
    ['i', index],
    ['f', typeof from === 'number' ? from : [...from]],
    ['type', node.className],
  ];
  return { ...node, attributes: new Map([...node.attributes, ...place]) };
}
