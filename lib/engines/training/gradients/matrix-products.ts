import { transpose } from '@/lib/engines/graph/arrangement';
import { int } from '@/lib/engines/graph/attributes';
import { broadcast } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { matmul } from '@/lib/engines/graph/matmul';
import { reduceSum } from '@/lib/engines/graph/reduce';
import type { Value } from '@/lib/engines/graph/value';
import { numberAttribute } from '@/lib/engines/training/gradients/attribute-values';
import type { GradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import {
  type BackwardStep,
  GradientError,
  type GradientRules,
  type InputGradient,
  inputOf,
  outputGradient,
} from '@/lib/engines/training/gradients/gradient-rule';

/** Gradients of matrix products. */
export const matrixGradients: GradientRules = {
  MatMul: (step) => [
    () => productByTransposed(step.g, step.forms, outputGradient(step), inputOf(step, 1)),
    () => transposedProduct(step.g, step.forms, inputOf(step, 0), outputGradient(step)),
  ],
  Gemm: linearGradients,
};

/** a·bᵀ over the last two axes; the axes before them broadcast. */
export function productByTransposed(g: GraphBuilder, { products }: GradientForms, a: Value, b: Value): Value {
  if (products === 'plain') return matmul(g, a, swapped(g, b));
  const shape = [...batchShape(g, a, b), ...a.shape.slice(-2, -1), ...b.shape.slice(-2, -1)];
  return fusedProduct(g, a, b, shape, 'transB');
}

/** aᵀ·b over the last two axes; the axes before them broadcast. */
function transposedProduct(g: GraphBuilder, { products }: GradientForms, a: Value, b: Value): Value {
  if (products === 'plain') return matmul(g, swapped(g, a), b);
  const shape = [...batchShape(g, a, b), ...a.shape.slice(-1), ...b.shape.slice(-1)];
  return fusedProduct(g, a, b, shape, 'transA');
}

/** With its last two axes swapped. */
function swapped(g: GraphBuilder, x: Value): Value {
  const rank = x.shape.length;
  return transpose(g, x, [...Array.from({ length: rank - 2 }, (_, axis) => axis), rank - 1, rank - 2]);
}

function batchShape(g: GraphBuilder, a: Value, b: Value): Value['shape'] {
  return broadcast(g, 'FusedMatMul', [a.shape.slice(0, -2), b.shape.slice(0, -2)]);
}

function fusedProduct(g: GraphBuilder, a: Value, b: Value, shape: Value['shape'], transposed: 'transA' | 'transB') {
  const result = { elementType: a.elementType, shape };
  return g.node('FusedMatMul', [a, b], result, { [transposed]: int(1) }, 'com.microsoft');
}

/** A fully connected layer x·Wᵀ + bias, which is what Gemm is used for here. */
function linearGradients(step: BackwardStep): readonly InputGradient[] {
  const { g, operation, forms } = step;
  const isLinear =
    numberAttribute(operation, 'transA', 0) === 0 &&
    numberAttribute(operation, 'transB', 0) === 1 &&
    numberAttribute(operation, 'alpha', 1) === 1 &&
    numberAttribute(operation, 'beta', 1) === 1;
  if (!isLinear) throw new GradientError(operation, 'is known for x·Wᵀ + bias only');
  return [
    () => matmul(g, outputGradient(step), inputOf(step, 1)),
    () => transposedProduct(g, forms, outputGradient(step), inputOf(step, 0)),
    () => reduceSum(g, outputGradient(step), [0]),
  ];
}
