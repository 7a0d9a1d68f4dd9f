import { concat, reshape, slice, transpose } from '@/lib/engines/graph/arrangement';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import { numberAttribute, numbersAttribute, textAttribute } from '@/lib/engines/training/gradients/attribute-values';
import { wholeNumbers } from '@/lib/engines/training/gradients/constant-values';
import { filled } from '@/lib/engines/training/gradients/filled';
import {
  type BackwardStep,
  GradientError,
  type GradientRule,
  type GradientRules,
  type InputGradient,
  inputOf,
  lengthsOf,
  outputGradient,
} from '@/lib/engines/training/gradients/gradient-rule';

const inInputShape: GradientRule = (step) => [
  () => reshape(step.g, outputGradient(step), inputOf(step, 0).shape),
  null,
];

/** Gradients of operators that arrange elements anew. */
export const arrangementGradients: GradientRules = {
  Reshape: inInputShape,
  Flatten: inInputShape,
  Squeeze: inInputShape,
  Unsqueeze: inInputShape,
  Transpose: (step) => [() => transposedBack(step)],
  Concat: piecesOfGradient,
  Split: (step) => [() => joinedGradients(step), null],
  // The walk sums up what was repeated.
  Expand: (step) => [() => outputGradient(step), null],
  Pad: (step) => [() => withoutPadding(step), null, null],
  // To whole numbers and truth values the walk does not come.
  Cast: (step) => [() => cast(step.g, outputGradient(step), inputOf(step, 0).elementType)],
};

function transposedBack(step: BackwardStep): Value {
  const rank = inputOf(step, 0).shape.length;
  const reversed = Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  const order = numbersAttribute(step.operation, 'perm') ?? reversed;
  return transpose(
    step.g,
    outputGradient(step),
    order.map((_, axis) => order.indexOf(axis)),
  );
}

/** Axis of an operator that has one, counted from the front. */
function axisOf({ operation }: BackwardStep, value: Value): number {
  const axis = numberAttribute(operation, 'axis', 0);
  return axis < 0 ? axis + value.shape.length : axis;
}

/** One Slice for each wanted piece: WebGPU cannot split into more than nine. */
function piecesOfGradient(step: BackwardStep): readonly InputGradient[] {
  let next = 0;
  return step.operation.inputs.map((_, index) => {
    const value = inputOf(step, index);
    const axis = axisOf(step, value);
    const start = next;
    const end = start + (lengthsOf(step, value)[axis] ?? 0);
    next = end;
    return () => slice(step.g, outputGradient(step), { axis, start, end });
  });
}

function joinedGradients(step: BackwardStep): Value {
  const { g, operation, gradients } = step;
  const pieces = operation.outputs.map(
    (output, index) => gradients[index] ?? filled(g, output.elementType, output.shape, 0),
  );
  return concat(g, pieces, axisOf(step, inputOf(step, 0)));
}

function withoutPadding(step: BackwardStep): Value {
  const { g, operation } = step;
  const isConstant = textAttribute(operation, 'mode', 'constant') === 'constant';
  const before = wholeNumbers(step, inputOf(step, 1));
  if (!isConstant || before.some((length) => length < 0)) {
    throw new GradientError(operation, 'is known for added constants only');
  }
  return lengthsOf(step, inputOf(step, 0)).reduce((gradient, length, axis) => {
    const start = before[axis] ?? 0;
    const isWhole = gradient.shape[axis] === length;
    return isWhole ? gradient : slice(g, gradient, { axis, start, end: start + length });
  }, outputGradient(step));
}
