import { expand, reshape } from '@/lib/engines/graph/arrangement';
import { div, equal, mul, sub } from '@/lib/engines/graph/elementwise';
import { reduceSum } from '@/lib/engines/graph/reduce';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import { numberAttribute, numbersAttribute } from '@/lib/engines/training/gradients/attribute-values';
import { wholeNumbers } from '@/lib/engines/training/gradients/constant-values';
import {
  type BackwardStep,
  type GradientRules,
  inputOf,
  lengthsOf,
  outputGradient,
  outputOf,
} from '@/lib/engines/training/gradients/gradient-rule';

/** Gradients of operators that take axes together. */
export const reductionGradients: GradientRules = {
  ReduceSum: (step) => [() => spread(step, outputGradient(step))],
  ReduceMean: (step) => [() => spread(step, mul(step.g, outputGradient(step), 1 / reducedCount(step)))],
  ReduceMax: (step) => [() => sharedByEquals(step)],
  ReduceMin: (step) => [() => sharedByEquals(step)],
  GlobalAveragePool: (step) => [() => pooledGradient(step)],
  Softmax: (step) => [() => softmaxGradient(step)],
};

/** Reduced axes, from the front. Without any named, all are. */
function reducedAxes(step: BackwardStep): readonly number[] {
  const rank = inputOf(step, 0).shape.length;
  const input = step.operation.inputs[1] ?? null;
  const axes = input === null ? numbersAttribute(step.operation, 'axes') : wholeNumbers(step, input);
  const named = axes === null || axes.length === 0 ? Array.from({ length: rank }, (_, axis) => axis) : axes;
  return named.map((axis) => (axis < 0 ? axis + rank : axis));
}

/** How many elements become one. */
function reducedCount(step: BackwardStep): number {
  const lengths = lengthsOf(step, inputOf(step, 0));
  return reducedAxes(step).reduce((count, axis) => count * (lengths[axis] ?? 1), 1);
}

/** The output, or its gradient, with its reduced axes as axes of length 1. */
function withReducedAxes(step: BackwardStep, value: Value): Value {
  const axes = reducedAxes(step);
  const shape = inputOf(step, 0).shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
  return reshape(step.g, value, shape);
}

function spread(step: BackwardStep, gradient: Value): Value {
  return expand(step.g, withReducedAxes(step, gradient), inputOf(step, 0).shape);
}

/** Several elements that are the extreme one share its gradient. */
function sharedByEquals(step: BackwardStep): Value {
  const { g } = step;
  const x = inputOf(step, 0);
  const isExtreme = cast(g, equal(g, x, withReducedAxes(step, outputOf(step))), x.elementType);
  const count = reduceSum(g, isExtreme, reducedAxes(step), { keepAxes: true });
  return mul(g, isExtreme, div(g, withReducedAxes(step, outputGradient(step)), count));
}

function pooledGradient(step: BackwardStep): Value {
  const { g } = step;
  const x = inputOf(step, 0);
  const count = lengthsOf(step, x)
    .slice(2)
    .reduce((product, length) => product * length, 1);
  return expand(g, mul(g, outputGradient(step), 1 / count), x.shape);
}

/** y·(ẏ − Σ ẏ·y) along the axis, with the output's gradient ẏ. */
function softmaxGradient(step: BackwardStep): Value {
  const { g, operation } = step;
  const [y, gradient] = [outputOf(step), outputGradient(step)];
  const axis = numberAttribute(operation, 'axis', -1);
  const along = reduceSum(g, mul(g, gradient, y), [axis], { keepAxes: true });
  return mul(g, y, sub(g, gradient, along));
}
