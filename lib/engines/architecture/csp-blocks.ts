import { flagAttribute } from '@/lib/engines/architecture/module-attributes';
import {
  type BuildContext,
  buildChild,
  itemNames,
  type ModuleBuilder,
  misfit,
  onlyInput,
} from '@/lib/engines/architecture/module-builder';
import { concat, split } from '@/lib/engines/graph/arrangement';
import { add } from '@/lib/engines/graph/elementwise';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** cv2(cv1(x)), plus x where `add` is set: Bottleneck and RepBottleneck. */
export const buildBottleneck: ModuleBuilder = (context, node, inputs) => {
  const x = onlyInput(context, node, inputs);
  const y = buildChild(context, node, 'cv2', buildChild(context, node, 'cv1', x));
  return flagAttribute(node, 'add', false) ? add(context.graph, x, y) : y;
};

/**
 * C2f, C3k2 and C2fCIB: the halves of cv1(x); each item of `m` takes the latest piece and appends its own; cv2 joins them all.
 */
export const buildC2f: ModuleBuilder = (context, node, inputs) => {
  const x = onlyInput(context, node, inputs);
  const pieces = [...halves(context, node, buildChild(context, node, 'cv1', x))];
  for (const name of itemNames(context, node, 'm')) {
    pieces.push(buildChild(context, node, name, pieces[pieces.length - 1]));
  }
  return buildChild(context, node, 'cv2', concat(context.graph, pieces, 1));
};

/** cv2(m(a), b) over the halves a and b of cv1(x). */
export const buildC2: ModuleBuilder = (context, node, inputs) => {
  const x = onlyInput(context, node, inputs);
  const [a, b] = halves(context, node, buildChild(context, node, 'cv1', x));
  return buildChild(context, node, 'cv2', concat(context.graph, [buildChild(context, node, 'm', a), b], 1));
};

/** cv3(m(cv1(x)), cv2(x)): C3, C3k and RepCSP. */
export const buildC3: ModuleBuilder = (context, node, inputs) => {
  const x = onlyInput(context, node, inputs);
  const deep = buildChild(context, node, 'm', buildChild(context, node, 'cv1', x));
  const shallow = buildChild(context, node, 'cv2', x);
  return buildChild(context, node, 'cv3', concat(context.graph, [deep, shallow], 1));
};

/** The first and the second half of the channels. */
export function halves(context: BuildContext, node: ModuleNode, x: Value): readonly [Value, Value] {
  const channels = x.shape[1];
  if (typeof channels !== 'number' || channels % 2 !== 0)
    throw misfit(context, node, 'halves an odd number of channels');
  const [first, second] = split(context.graph, x, [channels / 2, channels / 2], 1);
  return [first, second];
}
