import { numberAttribute } from '@/lib/engines/architecture/module-attributes';
import { type BuildContext, type ModuleBuilder, misfit, onlyInput } from '@/lib/engines/architecture/module-builder';
import { tensorOf, tensorValue } from '@/lib/engines/architecture/module-weights';
import {
  clip,
  elu,
  gelu,
  hardSigmoid,
  hardSwish,
  leakyRelu,
  mish,
  prelu,
  relu,
  sigmoid,
  silu,
  softplus,
} from '@/lib/engines/graph/activations';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { tanh } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

type Activation = (g: GraphBuilder, x: Value, node: ModuleNode, context: BuildContext) => Value;

/** The activations of torch by class name, as a `Conv` may hold them under `act`. */
const activations: Readonly<Record<string, Activation>> = {
  SiLU: silu,
  ReLU: relu,
  ReLU6: (g, x) => clip(g, x, 0, 6),
  LeakyReLU: (g, x, node, context) => leakyRelu(g, x, numberAttribute(context, node, 'negative_slope', 0.01)),
  PReLU: (g, x, node, context) => prelu(g, x, slopes(context, node)),
  ELU: (g, x, node, context) => elu(g, x, numberAttribute(context, node, 'alpha', 1)),
  GELU: (g, x, node, context) => {
    if ((node.attributes.get('approximate') ?? 'none') !== 'none') throw misfit(context, node, 'approximates GELU');
    return gelu(g, x);
  },
  Sigmoid: sigmoid,
  Tanh: tanh,
  Softplus: softplus,
  Hardsigmoid: hardSigmoid,
  Hardswish: hardSwish,
  Mish: mish,
};

/** Builders of the activations by class name. */
export const activationBuilders: ReadonlyMap<string, ModuleBuilder> = new Map(
  Object.entries(activations).map(([name, activation]): [string, ModuleBuilder] => [
    name,
    (context, node, inputs) => activation(context.graph, onlyInput(context, node, inputs), node, context),
  ]),
);

/** The slopes of the channels, to be laid along the second axis. */
function slopes(context: BuildContext, node: ModuleNode): Value {
  const weight = tensorOf(context, node, '', 'weight');
  const [channels, ...others] = weight.tensor.shape;
  if (channels === undefined || others.length > 0) throw misfit(context, node, 'has no list of slopes');
  return tensorValue(context, weight, [channels, 1, 1]);
}
