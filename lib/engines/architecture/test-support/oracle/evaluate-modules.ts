import { assert, present } from '@/lib/core/assert';
import { multiHead } from '@/lib/engines/architecture/test-support/oracle/attention-oracle';
import {
  applied,
  at,
  channelsOf,
  type FeatureMap,
  halves,
  joined,
  mapOf,
  summed,
} from '@/lib/engines/architecture/test-support/oracle/feature-map';
import {
  averageOfNeighbours,
  convolve,
  convolveTransposed,
  enlargedNearest,
  maxPool,
  maxPooled,
  normalise,
  numberOf,
  sigmoid,
  weights,
  zeroPad,
} from '@/lib/engines/architecture/test-support/oracle/torch-operations';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/**
 * What a module makes of one map, computed by plain loops in double precision: the definition of each class, told a second
 * time and without a graph, so that the two can be compared.
 */
export function evaluate(node: ModuleNode, x: FeatureMap): FeatureMap {
  const name = classOf(node);
  const rule = present(rules[name], `what ${name} computes`);
  return rule(node, x);
}

/** The child of that name (dotted names go down) applied to a map. */
export function evaluateChild(node: ModuleNode, name: string, x: FeatureMap): FeatureMap {
  return evaluate(childOf(node, name), x);
}

export function childOf(node: ModuleNode, name: string): ModuleNode {
  return name
    .split('.')
    .reduce((parent, step) => present(parent.children.get(step), `${step} of ${parent.className}`), node);
}

export function classOf(node: ModuleNode): string {
  return node.className.slice(node.className.lastIndexOf('.') + 1);
}

/** Items of a list of modules. */
export function itemsOf(node: ModuleNode, list: string): readonly ModuleNode[] {
  return [...childOf(node, list).children.values()].map((item) => present(item, `an item of ${list}`));
}

type Rule = (node: ModuleNode, x: FeatureMap) => FeatureMap;

const activated: Rule = (node, x) => evaluateChild(node, 'act', x);

const convRule: Rule = (node, x) =>
  activated(
    node,
    node.children.get('bn')
      ? normalise(childOf(node, 'bn'), evaluateChild(node, 'conv', x))
      : evaluateChild(node, 'conv', x),
  );

const residualPair: Rule = (node, x) => {
  const y = evaluateChild(node, 'cv2', evaluateChild(node, 'cv1', x));
  return node.attributes.get('add') === true ? summed(x, y) : y;
};

/** Halves, then what each item makes of the latest piece. */
const appendedPieces: Rule = (node, x) => {
  const pieces = [...halves(evaluateChild(node, 'cv1', x))];
  for (const item of itemsOf(node, 'm')) pieces.push(evaluate(item, pieces[pieces.length - 1]));
  return evaluateChild(node, 'cv2', joined(pieces));
};

const threeConvolutions: Rule = (node, x) => {
  const deep = evaluateChild(node, 'm', evaluateChild(node, 'cv1', x));
  return evaluateChild(node, 'cv3', joined([deep, evaluateChild(node, 'cv2', x)]));
};

const elan: Rule = (node, x) => {
  const [first, second] = halves(evaluateChild(node, 'cv1', x));
  const third = evaluateChild(node, 'cv2', second);
  return evaluateChild(node, 'cv4', joined([first, second, third, evaluateChild(node, 'cv3', third)]));
};

const sequence: Rule = (node, x) =>
  [...node.children.keys()].reduce((value, name) => evaluateChild(node, name, value), x);

const unchanged: Rule = (_, x) => x;

const sppf: Rule = (node, x) => {
  const pieces = [evaluateChild(node, 'cv1', x)];
  for (let pool = 0; pool < 3; pool += 1) pieces.push(evaluateChild(node, 'm', pieces[pool]));
  const y = evaluateChild(node, 'cv2', joined(pieces));
  return node.attributes.get('add') === true ? summed(x, y) : y;
};

const sppElan: Rule = (node, x) => {
  const pieces = [evaluateChild(node, 'cv1', x)];
  for (const pool of ['cv2', 'cv3', 'cv4']) pieces.push(evaluateChild(node, pool, pieces[pieces.length - 1]));
  return evaluateChild(node, 'cv5', joined(pieces));
};

const withShortcut = (node: ModuleNode, part: string, x: FeatureMap) => summed(x, evaluateChild(node, part, x));

const psa: Rule = (node, x) => {
  const [kept, half] = halves(evaluateChild(node, 'cv1', x));
  return evaluateChild(node, 'cv2', joined([kept, withShortcut(node, 'ffn', withShortcut(node, 'attn', half))]));
};

const attention: Rule = (node, x) => {
  const [heads, keyWidth, valueWidth] = ['num_heads', 'key_dim', 'head_dim'].map((name) => numberOf(node, name));
  const scale = 1 / Math.sqrt(keyWidth);
  const { gathered, values } = multiHead(evaluateChild(node, 'qkv', x), heads, keyWidth, valueWidth, { scale });
  return evaluateChild(node, 'proj', summed(gathered, evaluateChild(node, 'pe', values)));
};

const areaAttention: Rule = (node, x) => {
  const [heads, width, areas] = ['num_heads', 'head_dim', 'area'].map((name) => numberOf(node, name));
  const scale = 1 / Math.sqrt(width);
  const { gathered, values } = multiHead(evaluateChild(node, 'qkv', x), heads, width, width, { scale, areas });
  return evaluateChild(node, 'proj', summed(gathered, evaluateChild(node, 'pe', values)));
};

const a2c2f: Rule = (node, x) => {
  const pieces = [evaluateChild(node, 'cv1', x)];
  for (const item of itemsOf(node, 'm')) pieces.push(evaluate(item, pieces[pieces.length - 1]));
  const y = evaluateChild(node, 'cv2', joined(pieces));
  if (!node.parameters.get('gamma')) return y;
  const gamma = weights(node, 'gamma');
  return mapOf(
    y.channels,
    y.height,
    y.width,
    (c, row, column) => at(x, c, row, column) + gamma[c] * at(y, c, row, column),
  );
};

const aDown: Rule = (node, x) => {
  const [first, second] = halves(averageOfNeighbours(x));
  return joined([evaluateChild(node, 'cv1', first), evaluateChild(node, 'cv2', maxPooled(second, 3, 2, 1))]);
};

const repConv: Rule = (node, x) => {
  const branches = [evaluateChild(node, 'conv1', x), evaluateChild(node, 'conv2', x)];
  if (node.children.get('bn')) branches.push(normalise(childOf(node, 'bn'), x));
  return activated(node, summed(branches[0], ...branches.slice(1)));
};

const rules: Readonly<Record<string, Rule>> = {
  Conv: convRule,
  DWConv: convRule,
  RepConv: repConv,
  RepVGGDW: (node, x) => activated(node, summed(evaluateChild(node, 'conv', x), evaluateChild(node, 'conv1', x))),
  Conv2d: convolve,
  ConvTranspose2d: convolveTransposed,
  BatchNorm2d: normalise,
  SiLU: (_, x) => applied(x, (value) => value * sigmoid(value)),
  ReLU: (_, x) => applied(x, (value) => Math.max(0, value)),
  Identity: unchanged,
  Silence: unchanged,
  Sequential: sequence,
  MaxPool2d: maxPool,
  ZeroPad2d: zeroPad,
  Upsample: (_, x) => enlargedNearest(x, 2 * x.height, 2 * x.width),
  Bottleneck: residualPair,
  RepBottleneck: residualPair,
  C2f: appendedPieces,
  C3k2: appendedPieces,
  C2fCIB: appendedPieces,
  C3: threeConvolutions,
  C3k: threeConvolutions,
  RepCSP: threeConvolutions,
  C2: (node, x) => {
    const [deep, kept] = halves(evaluateChild(node, 'cv1', x));
    return evaluateChild(node, 'cv2', joined([evaluateChild(node, 'm', deep), kept]));
  },
  C2PSA: (node, x) => {
    const [kept, half] = halves(evaluateChild(node, 'cv1', x));
    return evaluateChild(node, 'cv2', joined([kept, evaluateChild(node, 'm', half)]));
  },
  CIB: (node, x) => {
    const y = evaluateChild(node, 'cv1', x);
    return node.attributes.get('add') === true ? summed(x, y) : y;
  },
  SPPF: sppf,
  SPPELAN: sppElan,
  PSA: psa,
  PSABlock: (node, x) => withShortcut(node, 'ffn', withShortcut(node, 'attn', x)),
  Attention: attention,
  A2C2f: a2c2f,
  ABlock: (node, x) => withShortcut(node, 'mlp', withShortcut(node, 'attn', x)),
  AAttn: areaAttention,
  ELAN1: elan,
  RepNCSPELAN4: elan,
  AConv: (node, x) => evaluateChild(node, 'cv1', averageOfNeighbours(x)),
  ADown: aDown,
  SCDown: (node, x) => evaluateChild(node, 'cv2', evaluateChild(node, 'cv1', x)),
};

/** A layer that answers several maps: the pieces of one convolution. */
export function evaluatePieces(node: ModuleNode, x: FeatureMap): readonly FeatureMap[] {
  const lengths = node.attributes.get('c2s');
  assert(Array.isArray(lengths), 'CBLinear has the lengths of its pieces');
  const all = evaluateChild(node, 'conv', x);
  let first = 0;
  return lengths.map(Number).map((length) => {
    const piece = channelsOf(all, first, length);
    first += length;
    return piece;
  });
}
