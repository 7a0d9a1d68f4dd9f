import { halves } from '@/lib/engines/architecture/csp-blocks';
import { countAttribute, flagAttribute, numberAttribute } from '@/lib/engines/architecture/module-attributes';
import {
  type BuildContext,
  buildChild,
  type ModuleBuilder,
  onlyInput,
} from '@/lib/engines/architecture/module-builder';
import { concat, reshape, split, transpose } from '@/lib/engines/graph/arrangement';
import { mapShape } from '@/lib/engines/graph/conv';
import { add, mul } from '@/lib/engines/graph/elementwise';
import { multiplyExtents } from '@/lib/engines/graph/extent';
import { matmul } from '@/lib/engines/graph/matmul';
import { softmax } from '@/lib/engines/graph/normalise';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** Over the halves a and b of cv1(x): cv2(a, m(b)). */
export const buildC2Psa: ModuleBuilder = (context, node, inputs) => {
  const x = onlyInput(context, node, inputs);
  const [a, b] = halves(context, node, buildChild(context, node, 'cv1', x));
  return buildChild(context, node, 'cv2', concat(context.graph, [a, buildChild(context, node, 'm', b)], 1));
};

/** Over the halves a and b of cv1(x): b plus its attention, that plus its feed-forward part; cv2(a, b). */
export const buildPsa: ModuleBuilder = (context, node, inputs) => {
  const x = onlyInput(context, node, inputs);
  const [a, b] = halves(context, node, buildChild(context, node, 'cv1', x));
  const attended = withResidual(context, node, 'attn', b, true);
  const fed = withResidual(context, node, 'ffn', attended, true);
  return buildChild(context, node, 'cv2', concat(context.graph, [a, fed], 1));
};

/** Attention and feed-forward part, each added to its input where `add` is set. */
export const buildPsaBlock: ModuleBuilder = (context, node, inputs) => {
  const isAdded = flagAttribute(node, 'add', true);
  const attended = withResidual(context, node, 'attn', onlyInput(context, node, inputs), isAdded);
  return withResidual(context, node, 'ffn', attended, isAdded);
};

/**
 * Multi-head self-attention over the positions of a map, with a depthwise convolution of the values as positional part:
 * proj(v·softmax((q·scale)ᵀ·k)ᵀ + pe(v)). Within each head the channels of qkv are [q, k, v].
 */
export const buildAttention: ModuleBuilder = (context, node, inputs) => {
  const g = context.graph;
  const x = onlyInput(context, node, inputs);
  const [batch, channels, height, width] = mapShape(g, 'Attention', x);
  const heads = countAttribute(context, node, 'num_heads');
  const keyWidth = countAttribute(context, node, 'key_dim');
  const headWidth = countAttribute(context, node, 'head_dim');
  const qkv = buildChild(context, node, 'qkv', x);
  const positions = multiplyExtents(height, width);
  const perHead = reshape(g, qkv, [batch, heads, 2 * keyWidth + headWidth, positions]);
  const [q, k, v] = split(g, perHead, [keyWidth, keyWidth, headWidth], 2);
  const scaled = mul(g, q, numberAttribute(context, node, 'scale', keyWidth ** -0.5));
  const attended = attend(context, scaled, k, v);
  const toMap = (value: Value) => reshape(g, value, [batch, channels, height, width], [x]);
  const sum = add(g, toMap(attended), buildChild(context, node, 'pe', toMap(v)));
  return buildChild(context, node, 'proj', sum);
};

/** v·softmax(qᵀ·k)ᵀ over the last two axes [channels, positions] of each; q is scaled already. */
export function attend(context: BuildContext, q: Value, k: Value, v: Value): Value {
  const g = context.graph;
  const rank = q.shape.length;
  const swapped = [...Array(rank - 2).keys(), rank - 1, rank - 2];
  const weights = softmax(g, matmul(g, transpose(g, q, swapped), k), -1);
  return matmul(g, v, transpose(g, weights, swapped));
}

/** A part of a block applied to a value, and added to it where `isAdded`. */
export function withResidual(context: BuildContext, node: ModuleNode, name: string, x: Value, isAdded: boolean): Value {
  const y = buildChild(context, node, name, x);
  return isAdded ? add(context.graph, x, y) : y;
}
