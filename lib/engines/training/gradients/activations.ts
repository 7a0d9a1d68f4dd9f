import { sigmoid } from '@/lib/engines/graph/activations';
import { add, greater, less, min, mul, sub, where } from '@/lib/engines/graph/elementwise';
import type { Value } from '@/lib/engines/graph/value';
import { numberAttribute } from '@/lib/engines/training/gradients/attribute-values';
import { byInput, byOutput } from '@/lib/engines/training/gradients/functions';
import {
  type BackwardStep,
  type GradientRules,
  inputOf,
  outputGradient,
  outputOf,
} from '@/lib/engines/training/gradients/gradient-rule';

/** Gradients of activations. */
export const activationGradients: GradientRules = {
  Sigmoid: byOutput((g, gradient, y) => mul(g, gradient, mul(g, y, sub(g, 1, y)))),
  Silu: (step) => [() => siluGradient(step)],
  Relu: byOutput((g, gradient, y) => where(g, greater(g, y, 0), gradient, 0)),
  LeakyRelu: (step) => [() => leakyGradient(step)],
  PRelu: (step) => [() => prelu(step, inputOf(step, 1)), () => slopeGradient(step)],
  Softplus: byInput((g, gradient, x) => mul(g, gradient, sigmoid(g, x))),
  HardSigmoid: (step) => [() => hardSigmoidGradient(step)],
  LogitCrossEntropy: (step) => [() => crossEntropyGradient(step), null],
};

/** With the gate s = σ(x) and y = x·s the derivative is s + y·(1 − s): no other function of x is needed. */
function siluGradient(step: BackwardStep): Value {
  const { g } = step;
  const [y, gate] = [outputOf(step, 0), outputOf(step, 1)];
  return mul(g, outputGradient(step), add(g, gate, mul(g, y, sub(g, 1, gate))));
}

/** σ(x) − t; the composite's second output is σ(x). Targets are constants. */
function crossEntropyGradient(step: BackwardStep): Value {
  const { g } = step;
  return mul(g, outputGradient(step), sub(g, outputOf(step, 1), inputOf(step, 1)));
}

function leakyGradient(step: BackwardStep): Value {
  const { g, operation } = step;
  const gradient = outputGradient(step);
  const slope = numberAttribute(operation, 'alpha', 0.01);
  return where(g, less(g, inputOf(step, 0), 0), mul(g, gradient, slope), gradient);
}

function prelu(step: BackwardStep, slope: Value): Value {
  const { g } = step;
  const gradient = outputGradient(step);
  return where(g, less(g, inputOf(step, 0), 0), mul(g, gradient, slope), gradient);
}

function slopeGradient(step: BackwardStep): Value {
  const { g } = step;
  return mul(g, outputGradient(step), min(g, inputOf(step, 0), 0));
}

/** The slope where the line is not cut off at 0 or 1. */
function hardSigmoidGradient(step: BackwardStep): Value {
  const { g, operation } = step;
  const y = outputOf(step);
  const slope = numberAttribute(operation, 'alpha', 0.2);
  const rising = where(g, greater(g, y, 0), mul(g, outputGradient(step), slope), 0);
  return where(g, less(g, y, 1), rising, 0);
}
