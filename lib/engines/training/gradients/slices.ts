import { pad, reshape, slice } from '@/lib/engines/graph/arrangement';
import { withExtent } from '@/lib/engines/graph/axis';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value } from '@/lib/engines/graph/value';
import { wholeNumbers } from '@/lib/engines/training/gradients/constant-values';
import {
  type BackwardStep,
  GradientError,
  type GradientRules,
  inputOf,
  lengthsOf,
  outputGradient,
} from '@/lib/engines/training/gradients/gradient-rule';

/** Gradients of Slice. */
export const sliceGradients: GradientRules = {
  Slice: (step) => [() => sliceGradient(step)],
};

/** Where the elements of a slice come from on one axis: every `step`-th from `start` of an axis of `length`. */
export type AxisPlaces = {
  readonly axis: number;
  readonly start: number;
  readonly step: number;
  readonly length: number;
};

/** The transpose of a slice: its elements at the places they were taken from, zeros elsewhere. */
export function putBack(g: GraphBuilder, pieces: Value, places: readonly AxisPlaces[]): Value {
  const spaced = places.reduce((value, place) => withSpaces(g, value, place), pieces);
  const [before, after] = [spaced.shape.map(() => 0), spaced.shape.map(() => 0)];
  for (const { axis, start, length } of places) {
    const taken = Number(spaced.shape[axis]);
    before[axis] = start;
    after[axis] = length - start - taken;
  }
  return [...before, ...after].every((added) => added === 0) ? spaced : pad(g, spaced, before, after);
}

/** With `step` − 1 zeros after every element of the axis, as far as there is room. */
function withSpaces(g: GraphBuilder, x: Value, { axis, start, step, length }: AxisPlaces): Value {
  if (step === 1) return x;
  const count = Number(x.shape[axis]);
  const columns = reshape(g, x, [...x.shape.slice(0, axis + 1), 1, ...x.shape.slice(axis + 1)]);
  const none = columns.shape.map(() => 0);
  const spaced = pad(g, columns, none, withNumber(none, axis + 1, step - 1));
  const row = reshape(g, spaced, withExtent(x.shape, axis, count * step));
  const room = length - start;
  return count * step <= room ? row : slice(g, row, { axis, start: 0, end: room });
}

function withNumber(numbers: readonly number[], index: number, number: number): readonly number[] {
  return numbers.map((old, position) => (position === index ? number : old));
}

function sliceGradient(step: BackwardStep): Value {
  const { g, operation } = step;
  const lengths = lengthsOf(step, inputOf(step, 0));
  const [starts, axes, steps] = [1, 3, 4].map((index) => {
    const input = operation.inputs[index] ?? null;
    return input === null ? null : wholeNumbers(step, input);
  });
  if (!starts) throw new GradientError(operation, 'needs starts');
  const places = starts.map((start, index): AxisPlaces => {
    const named = axes?.[index] ?? index;
    const axis = named < 0 ? named + lengths.length : named;
    const length = lengths[axis] ?? 0;
    const stride = steps?.[index] ?? 1;
    if (stride < 1) throw new GradientError(operation, 'is known for steps forward only');
    return { axis, start: Math.min(length, start < 0 ? Math.max(0, start + length) : start), step: stride, length };
  });
  return putBack(g, outputGradient(step), places);
}
