import { assert, present } from '@/lib/core/assert';
import { add } from '@/lib/engines/graph/elementwise';
import { elementCount, sameExtent, shapeText } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { GraphNode } from '@/lib/engines/graph/graph-node';
import type { Value } from '@/lib/engines/graph/value';
import { filled } from '@/lib/engines/training/gradients/filled';
import type { GradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { GradientError } from '@/lib/engines/training/gradients/gradient-rule';
import { gradientRules, stepwiseOperators } from '@/lib/engines/training/gradients/gradient-rules';
import { sumToShape } from '@/lib/engines/training/gradients/sum-to-shape';

type Differentiation = {
  readonly forms: GradientForms;
  /** Values that count as constants although they are computed from `wrt`: the targets of an assignment. */
  readonly constants?: readonly Value[];
};

/**
 * Appends to a graph the nodes that compute the derivatives of the loss (one number) by each of the values `wrt`, in
 * reverse mode, and gives them in the same order and in the shapes of these values. Values between, too, may be asked for.
 * A value on which the loss does not depend has zeros. Lengths of axes have to be known.
 *
 * Ask for the gradients of parameters after they were cut out of one flat vector, not of the vector: every piece would
 * give a gradient as long as the vector.
 *
 * Throws a `GradientError` that names the operation where one on the way from `wrt` to the loss has no known gradient.
 */
export function differentiate(
  g: GraphBuilder,
  loss: Value,
  wrt: readonly Value[],
  { forms, constants = [] }: Differentiation,
): readonly Value[] {
  assert(elementCount(loss.shape) === 1, `the loss ${shapeText(loss.shape)} is one number`);
  const operations = g.operations();
  const dependent = dependentValues(operations, wrt, constants);
  const gradients = new Map<string, Value>();
  if (dependent.has(loss.name)) gradients.set(loss.name, filled(g, loss.elementType, loss.shape, 1));
  for (const operation of [...operations].reverse()) stepBack(g, operation, forms, dependent, gradients);
  return wrt.map((value) => gradients.get(value.name) ?? filled(g, value.elementType, value.shape, 0));
}

/** Names of all values that change continuously with one of `wrt`. */
function dependentValues(
  operations: readonly GraphNode[],
  wrt: readonly Value[],
  constants: readonly Value[],
): ReadonlySet<string> {
  const held = new Set(constants.map((value) => value.name));
  const dependent = new Set(wrt.map((value) => value.name));
  for (const { operator, inputs, outputs } of operations) {
    const isReached = inputs.some((input) => input !== null && dependent.has(input.name));
    if (!isReached || stepwiseOperators.has(operator)) continue;
    for (const output of outputs) if (isContinuous(output) && !held.has(output.name)) dependent.add(output.name);
  }
  return dependent;
}

/** Whole numbers and truth values jump: indices, comparisons and casts to them end the way back. */
function isContinuous({ elementType }: Value): boolean {
  return elementType === 'float32' || elementType === 'float16' || elementType === 'float64';
}

/** Adds what an operation's inputs gain through it to their gradients. */
function stepBack(
  g: GraphBuilder,
  operation: GraphNode,
  forms: GradientForms,
  dependent: ReadonlySet<string>,
  gradients: Map<string, Value>,
): void {
  const known = operation.outputs.map((output) => gradients.get(output.name) ?? null);
  const isOnTheWay = operation.inputs.some((input) => input !== null && dependent.has(input.name));
  if (!isOnTheWay || known.every((gradient) => gradient === null)) return;
  const rule = gradientRules.get(operation.operator);
  if (rule === undefined) throw new GradientError(operation, 'is not known');
  const scoped = g.within('gradient').within(operation.name.slice(1));
  const inputGradients = rule({ g: scoped, operation, gradients: known, forms });
  for (const [index, input] of operation.inputs.entries()) {
    if (input === null || !dependent.has(input.name)) continue;
    const inputGradient = inputGradients[index];
    if (!inputGradient) throw new GradientError(operation, `by its input ${input.name} is not known`);
    gain(scoped, gradients, input, inputGradient());
  }
}

function gain(g: GraphBuilder, gradients: Map<string, Value>, value: Value, gradient: Value): void {
  const fitted = sumToShape(g, gradient, value.shape);
  const fits = fitted.shape.every((extent, axis) => sameExtent(extent, present(value.shape[axis], 'axis')));
  assert(fits, `the gradient ${shapeText(fitted.shape)} has the shape of ${value.name} ${shapeText(value.shape)}`);
  const before = gradients.get(value.name);
  gradients.set(value.name, before === undefined ? fitted : add(g, before, fitted));
}
