import { present } from '@/lib/core/assert';
import { reshape } from '@/lib/engines/graph/arrangement';
import { float } from '@/lib/engines/graph/attributes';
import { extentOf } from '@/lib/engines/graph/axis';
import { add, div, mul, sub } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceMean, reduceSum } from '@/lib/engines/graph/reduce';
import { sqrt } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import { filled } from '@/lib/engines/training/gradients/filled';
import {
  type BackwardStep,
  type GradientRules,
  inputOf,
  lengthsOf,
  outputGradient,
  outputOf,
} from '@/lib/engines/training/gradients/gradient-rule';

/** All axes of a map but its channels. */
const overBatch = [0, 2, 3];

/** What a normalisation by the batch's own statistics gives. */
export type NormalisedBatch = {
  readonly y: Value;
  /** Mean of each channel [C] over batch and map. */
  readonly mean: Value;
  /** Mean squared distance from it [C]: the biased variance. */
  readonly variance: Value;
};

/**
 * Batch normalisation as it is trained: y = scale·(x − mean) / √(variance + epsilon) + shift for each channel of
 * [batch, C, H, W], with mean and variance of this batch (https://arxiv.org/abs/1502.03167). The variance is taken from the
 * distances, not as a difference of two large means. Its running statistics are for the trainer to keep; the loss must not
 * depend on them.
 */
export function trainingBatchNorm(
  g: GraphBuilder,
  x: Value,
  scale: Value,
  shift: Value,
  epsilon: number,
): NormalisedBatch {
  const channels = [extentOf(g, 'BatchNormalization', x, 1)];
  const [y, mean, variance] = g.composite('TrainingBatchNorm', [x, scale, shift], () => {
    const means = reduceMean(g, x, overBatch, { keepAxes: true });
    const centred = sub(g, x, means);
    const variances = reduceMean(g, mul(g, centred, centred), overBatch, { keepAxes: true });
    const [flatMeans, flatVariances] = [reshape(g, means, channels), reshape(g, variances, channels)];
    const zeros = filled(g, x.elementType, channels, 0);
    // Of the centred map, which the gradient needs as well: the map itself need not be kept.
    const normalised = g.node('BatchNormalization', [centred, scale, shift, zeros, flatVariances], x, {
      epsilon: float(epsilon),
    });
    const deviation = sqrt(g, add(g, flatVariances, epsilon));
    return [normalised, flatMeans, flatVariances, centred, deviation];
  });
  return {
    y: present(y, 'the normalised map'),
    mean: present(mean, 'the mean'),
    variance: present(variance, 'the variance'),
  };
}

/** Gradients of `trainingBatchNorm` as a whole: the statistics' own dependence on the map is within them. */
export const batchNormGradients: GradientRules = {
  TrainingBatchNorm: (step) => {
    const { g } = step;
    const shiftGradient = once(() => reduceSum(g, outputGradient(step), overBatch));
    const scaleGradient = once(() => {
      const [centred, deviation] = [outputOf(step, 3), outputOf(step, 4)];
      return div(g, reduceSum(g, mul(g, outputGradient(step), centred), overBatch), deviation);
    });
    return [() => mapGradient(step, scaleGradient(), shiftGradient()), scaleGradient, shiftGradient];
  },
};

/**
 * (γ / σ)·(ẏ − Σẏ / n − x̂·Σẏx̂ / n) for each channel, with the output's gradient ẏ, the normalised x̂, the scale γ, the
 * deviation σ and n elements; x̂ is written as the centred map over σ, which the forward pass has made.
 */
function mapGradient(step: BackwardStep, scaleGradient: Value, shiftGradient: Value): Value {
  const { g } = step;
  const [x, scale, centred, deviation] = [inputOf(step, 0), inputOf(step, 1), outputOf(step, 3), outputOf(step, 4)];
  const lengths = lengthsOf(step, x);
  const count = overBatch.reduce((product, axis) => product * (lengths[axis] ?? 1), 1);
  const factor = div(g, scale, deviation);
  const offset = mul(g, mul(g, factor, shiftGradient), -1 / count);
  const slope = mul(g, div(g, mul(g, factor, scaleGradient), deviation), -1 / count);
  const ofCentred = mul(g, centred, reshape(g, slope, [1, ...slope.shape, 1, 1]));
  return add(g, affine(g, outputGradient(step), factor, offset), ofCentred);
}

/** factor·x + offset for each channel, in one pass: a normalisation by a mean of 0 and a variance of 1. */
function affine(g: GraphBuilder, x: Value, factor: Value, offset: Value): Value {
  const [zeros, ones] = [0, 1].map((number) => filled(g, x.elementType, factor.shape, number));
  const inputs = [x, factor, offset, present(zeros, 'zeros'), present(ones, 'ones')];
  return g.node('BatchNormalization', inputs, x, { epsilon: float(0) });
}

/** Makes the nodes of a value when it is first asked for, and no second time. */
function once(make: () => Value): () => Value {
  let made: Value | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
