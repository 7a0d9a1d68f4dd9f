import { axisIndex, shapedValue } from '@/lib/engines/model-files/graph-value';
import type { NodeView, ShapeRule } from '@/lib/engines/model-files/node-view';

/** Operators that take parts of a value, or sum it up. */
export const selectionRules: Readonly<Record<string, ShapeRule>> = {
  Gather: gathered,
  GatherElements: ({ shape }) => asShape(shape(1)),
  GatherND: ({ shape, int }) => {
    const data = shape(0);
    const indices = shape(1);
    if (data === null || indices === null || int('batch_dims', 0) !== 0) return null;
    return [shapedValue([...indices.slice(0, -1), ...data.slice(indices[indices.length - 1])])];
  },
  Slice: sliced,
  Split: split,
  TopK: topK,
  OneHot: () => null,
  ArgMax: (node) => reduced(node, [node.int('axis', 0)]),
  ArgMin: (node) => reduced(node, [node.int('axis', 0)]),
  ...Object.fromEntries(
    ['Sum', 'Mean', 'Max', 'Min', 'Prod', 'L1', 'L2', 'LogSum', 'LogSumExp', 'SumSquare'].map((kind) => [
      `Reduce${kind}`,
      (node: NodeView) => (node.has(1) && node.values(1) === null ? null : reduced(node, node.listAt('axes', 1))),
    ]),
  ),
};

function asShape(shape: readonly number[] | null): ReturnType<ShapeRule> {
  return shape && [shapedValue(shape)];
}

function gathered({ inputs, int }: NodeView): ReturnType<ShapeRule> {
  const [data, indices] = inputs;
  if (!data || !indices) return null;
  const axis = axisIndex(int('axis', 0), data.shape.length);
  const shape = [...data.shape.slice(0, axis), ...indices.shape, ...data.shape.slice(axis + 1)];
  const { values } = data;
  if (values === null || indices.values === null || data.shape.length !== 1) return [shapedValue(shape)];
  return [
    shapedValue(
      shape,
      indices.values.map((index) => values[axisIndex(index, values.length)]),
    ),
  ];
}

/** Starts and ends count from behind when negative, and are cut to the axis (ONNX specification, Slice). */
function sliced({ inputs, listAt, values, has }: NodeView): ReturnType<ShapeRule> {
  const [data] = inputs;
  const starts = listAt('starts', 1);
  const ends = listAt('ends', 2);
  const given = listAt('axes', 3);
  const steps = values(4);
  if (!data || starts === null || ends === null || (given === null && has(3)) || (steps === null && has(4)))
    return null;
  const shape = [...data.shape];
  let numbers = data.shape.length === 1 ? data.values : null;
  for (const [index, start] of starts.entries()) {
    const axis = axisIndex(given?.[index] ?? index, shape.length);
    const length = shape[axis] ?? 0;
    const picked = pick(length, start, ends[index] ?? 0, steps?.[index] ?? 1);
    if (picked === null) return null;
    shape[axis] = picked.count;
    numbers = numbers && Array.from({ length: picked.count }, (_, i) => numbers?.[picked.from + i * picked.step] ?? 0);
  }
  return [shapedValue(shape, numbers)];
}

function pick(length: number, start: number, end: number, step: number) {
  if (step === 0) return null;
  const lowest = step > 0 ? 0 : -1;
  const highest = step > 0 ? length : length - 1;
  const cut = (position: number) => Math.min(highest, Math.max(lowest, position < 0 ? position + length : position));
  const from = step > 0 ? cut(start) : Math.min(length - 1, start < 0 ? start + length : start);
  // An end before the first element is written as a number far below zero.
  const to = step < 0 && end < -length ? -1 : cut(end);
  return { from, step, count: Math.max(0, Math.ceil((to - from) / step)) };
}

function split({ shape, listAt, int, outputCount }: NodeView): ReturnType<ShapeRule> {
  const input = shape(0);
  if (input === null) return null;
  const axis = axisIndex(int('axis', 0), input.length);
  const share = Math.ceil((input[axis] ?? 0) / outputCount);
  const lengths =
    listAt('split', 1) ??
    Array.from({ length: outputCount }, (_, index) => Math.min(share, (input[axis] ?? 0) - index * share));
  return lengths.map((length) => shapedValue(input.map((own, index) => (index === axis ? length : own))));
}

function topK({ shape, listAt, int }: NodeView): ReturnType<ShapeRule> {
  const input = shape(0);
  const count = listAt('k', 1)?.[0];
  if (input === null || count === undefined) return null;
  const axis = axisIndex(int('axis', -1), input.length);
  const top = shapedValue(input.map((length, index) => (index === axis ? count : length)));
  return [top, top];
}

/** No axes given means all of them. */
function reduced({ shape, int }: NodeView, axes: readonly number[] | null): ReturnType<ShapeRule> {
  const input = shape(0);
  if (input === null) return null;
  const places = axes?.map((axis) => axisIndex(axis, input.length)) ?? input.map((_, axis) => axis);
  if (int('keepdims', 1) === 1) return [shapedValue(input.map((length, axis) => (places.includes(axis) ? 1 : length)))];
  return [shapedValue(input.filter((_, axis) => !places.includes(axis)))];
}
