import { attend, withResidual } from '@/lib/engines/architecture/attention-blocks';
import { countAttribute } from '@/lib/engines/architecture/module-attributes';
import {
  type BuildContext,
  buildChild,
  itemNames,
  type ModuleBuilder,
  misfit,
  onlyInput,
} from '@/lib/engines/architecture/module-builder';
import { optionalTensorOf, tensorValue } from '@/lib/engines/architecture/module-weights';
import { concat, reshape, split, transpose } from '@/lib/engines/graph/arrangement';
import { mapShape } from '@/lib/engines/graph/conv';
import { add, mul } from '@/lib/engines/graph/elementwise';
import { divideExtents, type Extent, multiplyExtents } from '@/lib/engines/graph/extent';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** cv1(x), each item of `m` appending to it, joined by cv2; with γ: x + γ·that, channel by channel. */
export const buildA2C2f: ModuleBuilder = (context, node, inputs) => {
  const g = context.graph;
  const x = onlyInput(context, node, inputs);
  const pieces = [buildChild(context, node, 'cv1', x)];
  for (const name of itemNames(context, node, 'm')) {
    pieces.push(buildChild(context, node, name, pieces[pieces.length - 1]));
  }
  const y = buildChild(context, node, 'cv2', concat(g, pieces, 1));
  const gamma = optionalTensorOf(context, node, '', 'gamma');
  if (gamma === null) return y;
  const [channels, ...others] = gamma.tensor.shape;
  if (channels === undefined || others.length > 0) throw misfit(context, node, 'has no list of factors “gamma”');
  return add(g, x, mul(g, tensorValue(context, gamma, [1, channels, 1, 1]), y));
};

/** x plus its attention, and that plus its two-layer perceptron. */
export const buildABlock: ModuleBuilder = (context, node, inputs) => {
  const attended = withResidual(context, node, 'attn', onlyInput(context, node, inputs), true);
  return withResidual(context, node, 'mlp', attended, true);
};

/**
 * Attention within areas: the positions in row order are cut into `area` equal runs, and only those of the same run attend to
 * each other: proj(v·softmax(qᵀ·k ÷ √d)ᵀ + pe(v)). Within each head the channels of qkv are [q, k, v], d each.
 */
export const buildAreaAttention: ModuleBuilder = (context, node, inputs) => {
  const g = context.graph;
  const x = onlyInput(context, node, inputs);
  const [batch, , height, width] = mapShape(g, 'AAttn', x);
  const heads = countAttribute(context, node, 'num_heads');
  const headWidth = countAttribute(context, node, 'head_dim');
  const area = countAttribute(context, node, 'area', { fallback: 1 });
  const run = runLength(context, node, multiplyExtents(height, width), area);
  const qkv = buildChild(context, node, 'qkv', x);
  const perHead = reshape(g, qkv, [batch, heads, 3 * headWidth, ...(area > 1 ? [area] : []), run]);
  const [q, k, v] = split(g, swapAreas(context, perHead, area), [headWidth, headWidth, headWidth], -2);
  const attended = attend(context, mul(g, q, headWidth ** -0.5), k, v);
  const toMap = (value: Value) =>
    reshape(g, swapAreas(context, value, area), [batch, heads * headWidth, height, width], [x]);
  const sum = add(g, toMap(attended), buildChild(context, node, 'pe', toMap(v)));
  return buildChild(context, node, 'proj', sum);
};

/** Positions in each area. */
function runLength(context: BuildContext, node: ModuleNode, positions: Extent, area: number): Extent {
  const run = divideExtents(positions, area);
  if (run === null) {
    throw misfit(context, node, `cuts its map into ${area} areas, which the image size does not allow`);
  }
  return run;
}

/** Between [batch, heads, channels, area, run] and [batch, heads, area, channels, run]; a single area has no axis. */
function swapAreas(context: BuildContext, x: Value, area: number): Value {
  return area > 1 ? transpose(context.graph, x, [0, 1, 3, 2, 4]) : x;
}
