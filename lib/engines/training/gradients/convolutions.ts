import { reshape, transpose } from '@/lib/engines/graph/arrangement';
import { int64List } from '@/lib/engines/graph/constants';
import { conv, convTranspose } from '@/lib/engines/graph/conv';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceSum } from '@/lib/engines/graph/reduce';
import type { Value } from '@/lib/engines/graph/value';
import type { Pair } from '@/lib/engines/graph/window';
import { numberAttribute } from '@/lib/engines/training/gradients/attribute-values';
import { type ConvolutionSizes, convolutionWeightGradient } from '@/lib/engines/training/gradients/convolution-weight';
import {
  type BackwardStep,
  type GradientRules,
  inputOf,
  lengthsOf,
  outputGradient,
  outputOf,
} from '@/lib/engines/training/gradients/gradient-rule';
import { pairOf, type WindowLayout, windowLayout } from '@/lib/engines/training/gradients/window-views';

/** Gradients of convolutions by their map, their weight and their bias. */
export const convolutionGradients: GradientRules = {
  Conv: (step) => {
    const layout = windowLayout(step, kernelOf(step), inputOf(step, 0), outputOf(step));
    const sizes = sizesOf(step);
    const { g, forms } = step;
    return [
      () => convolutionMapGradient(g, outputGradient(step), inputOf(step, 1), layout, sizes),
      () => convolutionWeightGradient(g, forms, inputOf(step, 0), outputGradient(step), layout, sizes),
      () => reduceSum(g, outputGradient(step), [0, 2, 3]),
    ];
  },
  // A transposed convolution is the map gradient of a convolution from its output to its input: the roles are swapped.
  ConvTranspose: (step) => {
    const layout = windowLayout(step, kernelOf(step), outputOf(step), inputOf(step, 0));
    const sizes = sizesOf(step);
    const { stride, dilation, padding } = layout;
    const { g, forms } = step;
    return [
      () => conv(g, outputGradient(step), inputOf(step, 1), null, { stride, dilation, padding, groups: sizes.groups }),
      () => convolutionWeightGradient(g, forms, outputGradient(step), inputOf(step, 0), layout, sizes),
      () => reduceSum(g, outputGradient(step), [0, 2, 3]),
    ];
  },
};

function kernelOf(step: BackwardStep): Pair {
  return pairOf(step, lengthsOf(step, inputOf(step, 1)).slice(2));
}

/** The weight [M, C / groups, kH, kW] of either kind, M being the channels on the side of the windows. */
function sizesOf(step: BackwardStep): ConvolutionSizes {
  const [batch = 0] = lengthsOf(step, inputOf(step, 0));
  const [all = 0, channels = 0] = lengthsOf(step, inputOf(step, 1));
  const groups = numberAttribute(step.operation, 'group', 1);
  return { batch, groups, channels, filters: all / groups };
}

/**
 * The gradient of a convolution's map: a convolution with the flipped weight where windows are one apart, which is faster,
 * else a transposed convolution.
 */
function convolutionMapGradient(
  g: GraphBuilder,
  gradient: Value,
  weight: Value,
  layout: WindowLayout,
  sizes: ConvolutionSizes,
): Value {
  const { kernel, stride, dilation, padding, map, count } = layout;
  const { groups } = sizes;
  const around = pairwise((axis) => dilation[axis] * (kernel[axis] - 1) - padding[axis]);
  if (stride.every((distance) => distance === 1) && around.every((length) => length >= 0)) {
    return conv(g, gradient, flipped(g, weight, sizes), null, { dilation, padding: around, groups });
  }
  // What is left of the map after its last window.
  const outputPadding = pairwise((axis) => {
    const reached = (count[axis] - 1) * stride[axis] + dilation[axis] * (kernel[axis] - 1) + 1;
    return map[axis] + 2 * padding[axis] - reached;
  });
  return convTranspose(g, gradient, weight, null, { stride, dilation, padding, groups, outputPadding });
}

/** The weight [M, C / groups, kH, kW] as [C, M / groups, kH, kW], each kernel turned by half a turn. */
function flipped(g: GraphBuilder, weight: Value, { groups, filters, channels }: ConvolutionSizes): Value {
  const [rows, columns] = weight.shape.slice(2).map(Number);
  const places = (rows ?? 1) * (columns ?? 1);
  const grouped = reshape(g, weight, [groups, filters, channels, places]);
  const swapped = transpose(g, grouped, [0, 2, 1, 3]);
  const turned = places === 1 ? swapped : backwards(g, swapped, 3);
  return reshape(g, turned, [groups * channels, filters, ...weight.shape.slice(2)]);
}

/** The elements of an axis from the last to the first. */
function backwards(g: GraphBuilder, x: Value, axis: number): Value {
  const ranges = [-1, -(2 ** 31), axis, -1].map((number) => int64List(g, [number]));
  return g.node('Slice', [x, ...ranges], x);
}

function pairwise(lengthOn: (axis: 0 | 1) => number): Pair {
  return [lengthOn(0), lengthOn(1)];
}
