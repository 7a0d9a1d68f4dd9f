import { add, div, mul, sub } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { cos, exp, neg, sin, unary } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import {
  type GradientRule,
  type GradientRules,
  inputOf,
  outputGradient,
  outputOf,
} from '@/lib/engines/training/gradients/gradient-rule';

/** Gradients of functions of one number. */
export const functionGradients: GradientRules = {
  Identity: (step) => [() => outputGradient(step)],
  Neg: (step) => [() => neg(step.g, outputGradient(step))],
  Abs: byInput((g, gradient, x) => mul(g, gradient, unary(g, 'Sign', x))),
  Exp: byOutput((g, gradient, y) => mul(g, gradient, y)),
  Log: byInput((g, gradient, x) => div(g, gradient, x)),
  Sqrt: byOutput((g, gradient, y) => div(g, mul(g, gradient, 0.5), y)),
  Reciprocal: byOutput((g, gradient, y) => neg(g, mul(g, gradient, mul(g, y, y)))),
  Sin: byInput((g, gradient, x) => mul(g, gradient, cos(g, x))),
  Cos: byInput((g, gradient, x) => neg(g, mul(g, gradient, sin(g, x)))),
  Atan: byInput((g, gradient, x) => div(g, gradient, add(g, mul(g, x, x), 1))),
  Tanh: byOutput((g, gradient, y) => mul(g, gradient, sub(g, 1, mul(g, y, y)))),
  Erf: byInput((g, gradient, x) => mul(g, gradient, mul(g, exp(g, neg(g, mul(g, x, x))), 2 / Math.sqrt(Math.PI)))),
};

type Derivative = (g: GraphBuilder, gradient: Value, value: Value) => Value;

/** A rule whose derivative is written in terms of the input. */
export function byInput(derivative: Derivative): GradientRule {
  return (step) => [() => derivative(step.g, outputGradient(step), inputOf(step, 0))];
}

/** A rule whose derivative is written in terms of what the function gave. */
export function byOutput(derivative: Derivative): GradientRule {
  return (step) => [() => derivative(step.g, outputGradient(step), outputOf(step))];
}
