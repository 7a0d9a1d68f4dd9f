import { describe, expect, it } from 'vitest';
import * as activations from '@/lib/engines/graph/activations';
import * as arrangement from '@/lib/engines/graph/arrangement';
import { constant, floats, int64List } from '@/lib/engines/graph/constants';
import { conv, convTranspose } from '@/lib/engines/graph/conv';
import * as elementwise from '@/lib/engines/graph/elementwise';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { linear, matmul } from '@/lib/engines/graph/matmul';
import { softmax } from '@/lib/engines/graph/normalise';
import { averagePool, globalAveragePool, maxPool } from '@/lib/engines/graph/pooling';
import * as reduce from '@/lib/engines/graph/reduce';
import { resizeBy, resizeLike } from '@/lib/engines/graph/resize';
import { axisLength, rangeOfAxis } from '@/lib/engines/graph/runtime-shape';
import * as selection from '@/lib/engines/graph/selection';
import { runGraph } from '@/lib/engines/graph/test-support/run-graph';
import * as unary from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';

type OperatorCase = {
  readonly build: (g: GraphBuilder) => Value;
  readonly shape: readonly number[];
  readonly values: readonly number[];
};

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const list = (g: GraphBuilder, ...values: readonly number[]) => floats(g, [values.length], values);
const grid = (g: GraphBuilder, ...shape: readonly number[]) => {
  return floats(g, shape, upTo(shape.reduce((product, length) => product * length, 1)));
};
const flags = (g: GraphBuilder, ...values: readonly boolean[]) => {
  return constant(g, 'bool', [values.length], values.map(Number));
};
/** The runtime's sessions give no truth values, and singles are enough for small whole numbers. */
const asFloat = (g: GraphBuilder, value: Value) => unary.cast(g, value, 'float32');

const e = Math.E;

/** Every operator on a few numbers, with what it gives by hand. */
const cases: Readonly<Record<string, OperatorCase>> = {
  add: { build: (g) => elementwise.add(g, grid(g, 2, 1), list(g, 10, 20)), shape: [2, 2], values: [10, 20, 11, 21] },
  sub: { build: (g) => elementwise.sub(g, 1, list(g, 3, 5)), shape: [2], values: [-2, -4] },
  mul: { build: (g) => elementwise.mul(g, list(g, 3, 5), 2), shape: [2], values: [6, 10] },
  div: { build: (g) => elementwise.div(g, list(g, 3, 5), 2), shape: [2], values: [1.5, 2.5] },
  'div of integers': {
    build: (g) => asFloat(g, elementwise.div(g, int64List(g, [7, 80]), 4)),
    shape: [2],
    values: [1, 20],
  },
  mod: { build: (g) => asFloat(g, elementwise.mod(g, int64List(g, [7, 80]), 4)), shape: [2], values: [3, 0] },
  pow: { build: (g) => elementwise.pow(g, list(g, 3, 4), 2), shape: [2], values: [9, 16] },
  max: { build: (g) => elementwise.max(g, list(g, 3, -5), 0), shape: [2], values: [3, 0] },
  min: { build: (g) => elementwise.min(g, list(g, 3, -5), 0), shape: [2], values: [0, -5] },
  equal: { build: (g) => asFloat(g, elementwise.equal(g, list(g, 3, 4), 3)), shape: [2], values: [1, 0] },
  greater: { build: (g) => asFloat(g, elementwise.greater(g, list(g, 3, 4), 3)), shape: [2], values: [0, 1] },
  greaterOrEqual: {
    build: (g) => asFloat(g, elementwise.greaterOrEqual(g, list(g, 3, 4, 2), 3)),
    shape: [3],
    values: [1, 1, 0],
  },
  less: { build: (g) => asFloat(g, elementwise.less(g, list(g, 3, 2), 3)), shape: [2], values: [0, 1] },
  and: {
    build: (g) => asFloat(g, elementwise.and(g, flags(g, true, true), flags(g, true, false))),
    shape: [2],
    values: [1, 0],
  },
  or: {
    build: (g) => asFloat(g, elementwise.or(g, flags(g, false, true), flags(g, false, false))),
    shape: [2],
    values: [0, 1],
  },
  not: { build: (g) => asFloat(g, unary.not(g, flags(g, true, false))), shape: [2], values: [0, 1] },
  where: { build: (g) => elementwise.where(g, flags(g, true, false), list(g, 1, 2), 9), shape: [2], values: [1, 9] },
  neg: { build: (g) => unary.neg(g, list(g, 1, -2)), shape: [2], values: [-1, 2] },
  exp: { build: (g) => unary.exp(g, list(g, 0, 1)), shape: [2], values: [1, e] },
  log: { build: (g) => unary.log(g, list(g, 1, e)), shape: [2], values: [0, 1] },
  sqrt: { build: (g) => unary.sqrt(g, list(g, 4, 9)), shape: [2], values: [2, 3] },
  abs: { build: (g) => unary.abs(g, list(g, -4, 9)), shape: [2], values: [4, 9] },
  floor: { build: (g) => unary.floor(g, list(g, -1.5, 1.5)), shape: [2], values: [-2, 1] },
  sin: { build: (g) => unary.sin(g, list(g, 0, Math.PI / 2)), shape: [2], values: [0, 1] },
  cos: { build: (g) => unary.cos(g, list(g, 0, Math.PI)), shape: [2], values: [1, -1] },
  tanh: { build: (g) => unary.tanh(g, list(g, 0, 1)), shape: [2], values: [0, Math.tanh(1)] },
  erf: { build: (g) => unary.erf(g, list(g, 0, 1)), shape: [2], values: [0, 0.8427008] },
  reciprocal: { build: (g) => unary.reciprocal(g, list(g, 2, 4)), shape: [2], values: [0.5, 0.25] },
  identity: { build: (g) => unary.identity(g, list(g, 2, 4)), shape: [2], values: [2, 4] },
  sigmoid: { build: (g) => activations.sigmoid(g, list(g, 0, Math.log(3))), shape: [2], values: [0.5, 0.75] },
  silu: { build: (g) => activations.silu(g, list(g, 0, 1)), shape: [2], values: [0, e / (1 + e)] },
  relu: { build: (g) => activations.relu(g, list(g, -1, 1)), shape: [2], values: [0, 1] },
  leakyRelu: { build: (g) => activations.leakyRelu(g, list(g, -1, 1), 0.1), shape: [2], values: [-0.1, 1] },
  prelu: {
    build: (g) => activations.prelu(g, floats(g, [2, 2], [-1, 1, -1, 1]), floats(g, [2, 1], [0.5, 0.25])),
    shape: [2, 2],
    values: [-0.5, 1, -0.25, 1],
  },
  elu: { build: (g) => activations.elu(g, list(g, -1, 1), 2), shape: [2], values: [2 * (1 / e - 1), 1] },
  softplus: { build: (g) => activations.softplus(g, list(g, 0)), shape: [1], values: [Math.log(2)] },
  clip: { build: (g) => activations.clip(g, list(g, -9, 1, 9), 0, 6), shape: [3], values: [0, 1, 6] },
  'clip from above': { build: (g) => activations.clip(g, list(g, -9, 9), null, 6), shape: [2], values: [-9, 6] },
  hardSigmoid: { build: (g) => activations.hardSigmoid(g, list(g, -4, 0, 1.5)), shape: [3], values: [0, 0.5, 0.75] },
  hardSwish: { build: (g) => activations.hardSwish(g, list(g, -4, 1.5, 4)), shape: [3], values: [0, 1.125, 4] },
  mish: { build: (g) => activations.mish(g, list(g, 0, 1)), shape: [2], values: [0, 0.8650984] },
  gelu: { build: (g) => activations.gelu(g, list(g, 0, 1)), shape: [2], values: [0, 0.8413447] },
  conv: {
    build: (g) => conv(g, grid(g, 1, 1, 3, 3), floats(g, [1, 1, 2, 2], [1, 0, 0, 2]), list(g, 0.5)),
    shape: [1, 1, 2, 2],
    values: [8.5, 11.5, 17.5, 20.5],
  },
  'conv in groups, padded, with stride and dilation': {
    build: (g) =>
      conv(g, grid(g, 1, 2, 3, 3), floats(g, [2, 1, 2, 2], [1, 1, 1, 1, 1, 0, 0, 0]), null, {
        groups: 2,
        stride: [2, 2],
        padding: [1, 1],
        dilation: [2, 2],
      }),
    shape: [1, 2, 2, 2],
    values: [4, 4, 4, 4, 0, 0, 0, 13],
  },
  convTranspose: {
    build: (g) =>
      convTranspose(g, floats(g, [1, 1, 1, 2], [1, 2]), floats(g, [1, 1, 2, 2], [1, 2, 3, 4]), list(g, 10), {
        stride: [2, 2],
      }),
    shape: [1, 1, 2, 4],
    values: [11, 12, 12, 14, 13, 14, 16, 18],
  },
  maxPool: {
    build: (g) => maxPool(g, grid(g, 1, 1, 3, 3), { kernel: [3, 3], stride: [2, 2], padding: [1, 1] }),
    shape: [1, 1, 2, 2],
    values: [4, 5, 7, 8],
  },
  'maxPool rounded up': {
    build: (g) => maxPool(g, grid(g, 1, 1, 3, 3), { kernel: [2, 2], stride: [2, 2], ceil: true }),
    shape: [1, 1, 2, 2],
    values: [4, 5, 7, 8],
  },
  'maxPool dilated': {
    build: (g) => maxPool(g, grid(g, 1, 1, 3, 3), { kernel: [2, 2], dilation: [2, 2] }),
    shape: [1, 1, 1, 1],
    values: [8],
  },
  averagePool: {
    build: (g) => averagePool(g, grid(g, 1, 1, 2, 3), { kernel: [2, 2] }),
    shape: [1, 1, 1, 2],
    values: [2, 3],
  },
  'averagePool over what is there': {
    build: (g) => averagePool(g, grid(g, 1, 1, 1, 3), { kernel: [1, 3], padding: [0, 1], countPadding: false }),
    shape: [1, 1, 1, 3],
    values: [0.5, 1, 1.5],
  },
  globalAveragePool: {
    build: (g) => globalAveragePool(g, grid(g, 1, 2, 2, 2)),
    shape: [1, 2, 1, 1],
    values: [1.5, 5.5],
  },
  matmul: {
    build: (g) => matmul(g, grid(g, 2, 1, 2), floats(g, [2, 2], [1, 2, 3, 4])),
    shape: [2, 1, 2],
    values: [3, 4, 11, 16],
  },
  linear: {
    build: (g) => linear(g, grid(g, 1, 2), floats(g, [3, 2], [1, 2, 3, 4, 5, 6]), list(g, 1, 1, 1)),
    shape: [1, 3],
    values: [3, 5, 7],
  },
  softmax: {
    build: (g) => softmax(g, list(g, 0, Math.log(3)), 0),
    shape: [2],
    values: [0.25, 0.75],
  },
  'softmax along an inner axis': {
    build: (g) => softmax(g, floats(g, [1, 2, 2], [0, 0, Math.log(3), 0]), 1),
    shape: [1, 2, 2],
    values: [0.25, 0.5, 0.75, 0.5],
  },
  reshape: { build: (g) => arrangement.reshape(g, grid(g, 2, 3), [3, 2]), shape: [3, 2], values: upTo(6) },
  flatten: { build: (g) => arrangement.flatten(g, grid(g, 2, 3, 1, 1)), shape: [2, 3], values: upTo(6) },
  transpose: {
    build: (g) => arrangement.transpose(g, grid(g, 1, 2, 3), [2, 0, 1]),
    shape: [3, 1, 2],
    values: [0, 3, 1, 4, 2, 5],
  },
  concat: {
    build: (g) => arrangement.concat(g, [grid(g, 2, 1), grid(g, 2, 2)], -1),
    shape: [2, 3],
    values: [0, 0, 1, 1, 2, 3],
  },
  split: {
    build: (g) => arrangement.split(g, grid(g, 2, 3), [1, 2], 1)[1],
    shape: [2, 2],
    values: [1, 2, 4, 5],
  },
  slice: {
    build: (g) => arrangement.slice(g, grid(g, 2, 5), { axis: 1, start: 1, end: 5, step: 3 }),
    shape: [2, 2],
    values: [1, 4, 6, 9],
  },
  'slice to the end': {
    build: (g) => arrangement.slice(g, list(g, 1, 2, 3), { axis: 0, start: 1 }),
    shape: [2],
    values: [2, 3],
  },
  squeeze: { build: (g) => arrangement.squeeze(g, grid(g, 1, 2, 1), [0, -1]), shape: [2], values: [0, 1] },
  unsqueeze: { build: (g) => arrangement.unsqueeze(g, list(g, 1, 2), [0, -1]), shape: [1, 2, 1], values: [1, 2] },
  expand: {
    build: (g) => arrangement.expand(g, grid(g, 2, 1), [2, 2, 2]),
    shape: [2, 2, 2],
    values: [0, 0, 1, 1, 0, 0, 1, 1],
  },
  pad: {
    build: (g) => arrangement.pad(g, grid(g, 1, 2), [1, 0], [0, 1], 9),
    shape: [2, 3],
    values: [9, 9, 9, 0, 1, 9],
  },
  reduceMax: { build: (g) => reduce.reduceMax(g, grid(g, 2, 2), [1]), shape: [2], values: [1, 3] },
  reduceMin: {
    build: (g) => reduce.reduceMin(g, grid(g, 2, 2), [-1], { keepAxes: true }),
    shape: [2, 1],
    values: [0, 2],
  },
  reduceMean: { build: (g) => reduce.reduceMean(g, grid(g, 2, 2), [0, 1]), shape: [], values: [1.5] },
  reduceSum: {
    build: (g) => reduce.reduceSum(g, grid(g, 2, 2), [0], { keepAxes: true }),
    shape: [1, 2],
    values: [2, 4],
  },
  argMax: {
    build: (g) => asFloat(g, reduce.argMax(g, floats(g, [2, 3], [1, 9, 9, 7, 2, 3]), 1)),
    shape: [2],
    values: [1, 0],
  },
  'resizeBy, nearest': {
    build: (g) => resizeBy(g, grid(g, 1, 1, 1, 2), [2, 2], 'nearest'),
    shape: [1, 1, 2, 4],
    values: [0, 0, 1, 1, 0, 0, 1, 1],
  },
  'resizeBy, linear': {
    build: (g) => resizeBy(g, grid(g, 1, 1, 1, 2), [1, 2], 'linear'),
    shape: [1, 1, 1, 4],
    values: [0, 0.25, 0.75, 1],
  },
  'resizeBy, linear with corners': {
    build: (g) => resizeBy(g, grid(g, 1, 1, 1, 2), [1, 2], 'linear-corners'),
    shape: [1, 1, 1, 4],
    values: [0, 1 / 3, 2 / 3, 1],
  },
  resizeLike: {
    build: (g) => resizeLike(g, grid(g, 1, 1, 1, 3), grid(g, 1, 4, 1, 5), 'nearest'),
    shape: [1, 1, 1, 5],
    values: [0, 0, 1, 1, 2],
  },
  axisLength: { build: (g) => asFloat(g, axisLength(g, grid(g, 2, 3), -1)), shape: [1], values: [3] },
  rangeOfAxis: { build: (g) => asFloat(g, rangeOfAxis(g, grid(g, 2, 3), 1)), shape: [3], values: [0, 1, 2] },
  gather: {
    build: (g) => selection.gather(g, grid(g, 2, 3), int64List(g, [2, 0]), 1),
    shape: [2, 2],
    values: [2, 0, 5, 3],
  },
  gatherElements: {
    build: (g) => selection.gatherElements(g, grid(g, 2, 3), constant(g, 'int64', [2, 1], [2, 0]), 1),
    shape: [2, 1],
    values: [2, 3],
  },
  gatherNd: {
    build: (g) => selection.gatherNd(g, grid(g, 2, 3, 1), constant(g, 'int64', [2, 1], [2, 0]), 1),
    shape: [2, 1],
    values: [2, 3],
  },
  scatterNd: {
    build: (g) => selection.scatterNd(g, grid(g, 3), constant(g, 'int64', [2, 1], [2, 0]), list(g, 8, 9)),
    shape: [3],
    values: [9, 1, 8],
  },
  'topK, values': { build: (g) => selection.topK(g, list(g, 1, 3, 2), 2, 0).values, shape: [2], values: [3, 2] },
  'topK, indices': {
    build: (g) => asFloat(g, selection.topK(g, list(g, 1, 3, 2), 2, 0).indices),
    shape: [2],
    values: [1, 2],
  },
};

/** Between these, the forms of Split, Softmax, HardSwish, Mish, the reductions and Gelu change. */
const opsets = [12, 13, 14, 17, 18, 20, 22];

describe('operators', () => {
  it.each(opsets)('compute what they say in opset %i, with the shapes they say', async (opset) => {
    const g = new GraphBuilder({ opset });
    const outputs = Object.fromEntries(Object.entries(cases).map(([name, { build }]) => [name, build(g)]));
    const answers = await runGraph(g, outputs);
    for (const [name, { shape, values }] of Object.entries(cases)) {
      const found = Array.from(answers[name]?.data ?? [], Number);
      expect(outputs[name]?.shape, name).toEqual(shape);
      expect(answers[name]?.dims, name).toEqual(shape);
      expect(found.length, name).toBe(values.length);
      for (const [index, value] of values.entries()) expect(found[index], `${name}[${index}]`).toBeCloseTo(value, 5);
    }
  });
});
