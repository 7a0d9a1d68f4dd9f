import { present } from '@/lib/core/assert';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { GraphNode } from '@/lib/engines/graph/graph-node';
import type { Value } from '@/lib/engines/graph/value';
import type { GradientForms } from '@/lib/engines/training/gradients/gradient-forms';

/** An operation whose inputs' gradients are wanted, and what is known of its outputs' gradients. */
export type BackwardStep = {
  /** Builder in a scope of the operation's own. */
  readonly g: GraphBuilder;
  readonly operation: GraphNode;
  /** The loss differentiated by each output, in the output's shape; null where the loss does not depend on it. */
  readonly gradients: readonly (Value | null)[];
  readonly forms: GradientForms;
};

/** Makes the nodes of one input's gradient; called only when that gradient is wanted. */
export type InputGradient = () => Value;

/**
 * The vector-Jacobian product of one operator: for each input how its gradient is computed, null where it is zero
 * everywhere or has no meaning. A gradient may have the shape to which its input was broadcast; the walk sums it up.
 */
export type GradientRule = (step: BackwardStep) => readonly (InputGradient | null)[];

export type GradientRules = Readonly<Record<string, GradientRule>>;

/** An operation that cannot be differentiated, or not as it stands in the graph. */
export class GradientError extends Error {
  constructor(operation: GraphNode, found: string) {
    super(`${operation.name}: the gradient of ${operation.operator} ${found}`);
    this.name = 'GradientError';
  }
}

/** An input that the operator cannot do without. */
export function inputOf({ operation }: BackwardStep, index: number): Value {
  return present(operation.inputs[index], `input ${index} of ${operation.name}`);
}

export function outputOf({ operation }: BackwardStep, index = 0): Value {
  return present(operation.outputs[index], `output ${index} of ${operation.name}`);
}

/** The loss differentiated by the operation's first output, for operators that have no other that could lead to it. */
export function outputGradient({ operation, gradients }: BackwardStep): Value {
  const [gradient, ...others] = gradients;
  const isOnlyOne = others.every((other) => other === null);
  if (!gradient || !isOnlyOne) throw new GradientError(operation, 'is known for its first output only');
  return gradient;
}

/** The lengths of a value's axes. Training graphs are made for one batch and size, so that all are known. */
export function lengthsOf({ operation }: BackwardStep, value: Value): readonly number[] {
  const lengths = value.shape.filter((extent) => typeof extent === 'number');
  if (lengths.length !== value.shape.length) throw new GradientError(operation, 'needs lengths that are known');
  return lengths;
}
