import { div, equal, greaterOrEqual, less, mul, pow, sub, where } from '@/lib/engines/graph/elementwise';
import { log, neg } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import { singleNumber } from '@/lib/engines/training/gradients/constant-values';
import {
  type BackwardStep,
  type GradientRules,
  inputOf,
  outputGradient,
  outputOf,
} from '@/lib/engines/training/gradients/gradient-rule';

/** Gradients of operators on two values element by element; broadcast inputs are summed up by the walk. */
export const arithmeticGradients: GradientRules = {
  Add: (step) => [() => outputGradient(step), () => outputGradient(step)],
  Sub: (step) => [() => outputGradient(step), () => neg(step.g, outputGradient(step))],
  Mul: (step) => [
    () => mul(step.g, outputGradient(step), inputOf(step, 1)),
    () => mul(step.g, outputGradient(step), inputOf(step, 0)),
  ],
  Div: (step) => [
    () => div(step.g, outputGradient(step), inputOf(step, 1)),
    () => neg(step.g, div(step.g, mul(step.g, outputGradient(step), outputOf(step)), inputOf(step, 1))),
  ],
  Pow: (step) => [() => baseGradient(step), () => exponentGradient(step)],
  // Of equal operands the first counts as the larger and the smaller one, so that the gradient is given once.
  Max: (step) => chosenGradients(step, (first, second) => greaterOrEqual(step.g, first, second)),
  Min: (step) => chosenGradients(step, (first, second) => greaterOrEqual(step.g, second, first)),
  Where: (step) => [
    null,
    () => where(step.g, inputOf(step, 0), outputGradient(step), 0),
    () => where(step.g, inputOf(step, 0), 0, outputGradient(step)),
  ],
  Clip: (step) => [() => insideGradient(step)],
};

/** e·aᵉ⁻¹ */
function baseGradient(step: BackwardStep): Value {
  const { g } = step;
  const [base, exponent] = [inputOf(step, 0), inputOf(step, 1)];
  const power = singleNumber(step, exponent);
  if (power === 2) return mul(g, outputGradient(step), mul(g, base, 2));
  if (power !== null) return mul(g, outputGradient(step), mul(g, pow(g, base, power - 1), power));
  const lower = pow(g, base, sub(g, exponent, 1));
  return mul(g, outputGradient(step), mul(g, lower, exponent));
}

/** aᵉ·ln a, and 0 where the base is 0, as its limit is for positive exponents. */
function exponentGradient(step: BackwardStep): Value {
  const { g } = step;
  const base = inputOf(step, 0);
  const logarithm = log(g, where(g, equal(g, base, 0), 1, base));
  return mul(g, outputGradient(step), mul(g, outputOf(step), logarithm));
}

function chosenGradients(step: BackwardStep, isFirst: (first: Value, second: Value) => Value) {
  const { g } = step;
  return [
    () => where(g, isFirst(inputOf(step, 0), inputOf(step, 1)), outputGradient(step), 0),
    () => where(g, isFirst(inputOf(step, 0), inputOf(step, 1)), 0, outputGradient(step)),
  ];
}

/** The gradient where the value is not beyond a limit; on the limit it still moves to one side. */
function insideGradient(step: BackwardStep): Value {
  const { g, operation } = step;
  const [x, low, high] = [inputOf(step, 0), operation.inputs[1] ?? null, operation.inputs[2] ?? null];
  let gradient = outputGradient(step);
  if (low !== null) gradient = where(g, less(g, x, low), 0, gradient);
  if (high !== null) gradient = where(g, less(g, high, x), 0, gradient);
  return gradient;
}
