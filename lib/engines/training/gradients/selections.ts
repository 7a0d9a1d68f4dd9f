import { reshape, transpose } from '@/lib/engines/graph/arrangement';
import { int, text } from '@/lib/engines/graph/attributes';
import { elementCount } from '@/lib/engines/graph/extent';
import type { Value } from '@/lib/engines/graph/value';
import { numberAttribute } from '@/lib/engines/training/gradients/attribute-values';
import { filled } from '@/lib/engines/training/gradients/filled';
import {
  type BackwardStep,
  GradientError,
  type GradientRules,
  inputOf,
  outputGradient,
} from '@/lib/engines/training/gradients/gradient-rule';

/** Gradients of operators that pick elements by index: each picked element gathers the gradients of all its picks. */
export const selectionGradients: GradientRules = {
  Gather: (step) => [() => gatheredGradient(step), null],
  GatherElements: (step) => [() => pickedGradient(step), null],
};

/** The operator set from which on scattered elements can be added. */
const addingOpset = 16;

/** Throws where the operator set cannot add up what is scattered to one place. */
export function assertAdding({ g, operation }: BackwardStep): void {
  if (g.opset < addingOpset) throw new GradientError(operation, `needs operator set ${addingOpset}`);
}

function gatheredGradient(step: BackwardStep): Value {
  assertAdding(step);
  const { g, operation } = step;
  const [x, indices, gradient] = [inputOf(step, 0), inputOf(step, 1), outputGradient(step)];
  const named = numberAttribute(operation, 'axis', 0);
  const axis = named < 0 ? named + x.shape.length : named;
  const [count, picks] = [elementCount(x.shape.slice(0, axis)), elementCount(indices.shape)];
  const rest = elementCount(x.shape.slice(axis + 1));
  const length = elementCount(x.shape.slice(axis, axis + 1));
  // The scatter runs over the first axis: [before, picks, rest] is turned round for it, and back.
  const isFirst = count === 1;
  const rows = reshape(g, gradient, [count, picks, rest]);
  const updates = isFirst ? reshape(g, rows, [picks, count, rest]) : transpose(g, rows, [1, 0, 2]);
  const zeros = filled(g, x.elementType, [length, count, rest], 0);
  const scattered = g.node(
    'ScatterND',
    [zeros, reshape(g, indices, [picks, 1]), updates],
    { elementType: x.elementType, shape: zeros.shape },
    { reduction: text('add') },
  );
  return reshape(g, isFirst ? scattered : transpose(g, scattered, [1, 0, 2]), x.shape);
}

function pickedGradient(step: BackwardStep): Value {
  assertAdding(step);
  const { g, operation } = step;
  const [x, indices] = [inputOf(step, 0), inputOf(step, 1)];
  return g.node(
    'ScatterElements',
    [filled(g, x.elementType, x.shape, 0), indices, outputGradient(step)],
    { elementType: x.elementType, shape: x.shape },
    { axis: int(numberAttribute(operation, 'axis', 0)), reduction: text('add') },
  );
}
