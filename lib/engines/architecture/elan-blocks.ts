import { halves } from '@/lib/engines/architecture/csp-blocks';
import { countsAttribute } from '@/lib/engines/architecture/module-attributes';
import {
  type BuildContext,
  buildChild,
  type ModuleBuilder,
  misfit,
  onlyInput,
} from '@/lib/engines/architecture/module-builder';
import { concat, split } from '@/lib/engines/graph/arrangement';
import { add } from '@/lib/engines/graph/elementwise';
import { averagePool, maxPool } from '@/lib/engines/graph/pooling';
import { resizeLike } from '@/lib/engines/graph/resize';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** ELAN1 and RepNCSPELAN4: the halves of cv1(x), cv2 of the second, cv3 of that; cv4 of the four. */
export const buildElan: ModuleBuilder = (context, node, inputs) => {
  const x = onlyInput(context, node, inputs);
  const pieces = [...halves(context, node, buildChild(context, node, 'cv1', x))];
  for (const name of ['cv2', 'cv3']) pieces.push(buildChild(context, node, name, pieces[pieces.length - 1]));
  return buildChild(context, node, 'cv4', concat(context.graph, pieces, 1));
};

/** cv1 of a 2×2 mean with stride 1. */
export const buildAConv: ModuleBuilder = (context, node, inputs) => {
  return buildChild(context, node, 'cv1', softened(context, onlyInput(context, node, inputs)));
};

/** Of a 2×2 mean with stride 1: cv1 of the first half of the channels beside cv2 of the pooled second half. */
export const buildADown: ModuleBuilder = (context, node, inputs) => {
  const [first, second] = halves(context, node, softened(context, onlyInput(context, node, inputs)));
  const pooled = maxPool(context.graph, second, { kernel: [3, 3], stride: [2, 2], padding: [1, 1] });
  const parts = [buildChild(context, node, 'cv1', first), buildChild(context, node, 'cv2', pooled)];
  return concat(context.graph, parts, 1);
};

/** The channels of conv(x) in pieces of `c2s` channels, for CBFuse layers to choose from. */
export const buildCbLinear: ModuleBuilder = (context, node, inputs) => {
  const y = buildChild(context, node, 'conv', onlyInput(context, node, inputs));
  const lengths = countsAttribute(context, node, 'c2s');
  return lengths.length === 1 ? y : split(context.graph, y, lengths, 1);
};

/** The sum of all inputs, each enlarged or reduced to the size of the last. `chosenPieces` tells which they are. */
export const buildCbFuse: ModuleBuilder = (context, node, inputs) => {
  const target = inputs.at(-1);
  if (target === undefined) throw misfit(context, node, 'has no input');
  return inputs.slice(0, -1).reduceRight((sum, piece) => {
    return add(context.graph, resizeLike(context.graph, piece, target, 'nearest'), sum);
  }, target);
};

/** What CBFuse adds up of the outputs of its layers: of each but the last the piece that `idx` names, and the last. */
export function chosenPieces(
  context: BuildContext,
  node: ModuleNode,
  layers: readonly (readonly Value[])[],
): readonly Value[] {
  const choices = countsAttribute(context, node, 'idx');
  const pieces = layers.slice(0, -1).map((pieces, index) => pieces[choices[index]]);
  const chosen = [...pieces, layers.at(-1)?.[0]].filter((piece) => piece !== undefined);
  if (chosen.length !== layers.length) throw misfit(context, node, 'asks for a piece that no layer gives');
  return chosen;
}

/** A 2×2 mean with stride 1 and no padding. */
function softened(context: BuildContext, x: Value): Value {
  return averagePool(context.graph, x, { kernel: [2, 2] });
}
