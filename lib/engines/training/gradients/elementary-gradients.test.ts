import { describe, it } from 'vitest';
import * as activations from '@/lib/engines/graph/activations';
import * as arrangement from '@/lib/engines/graph/arrangement';
import { constant, int64List } from '@/lib/engines/graph/constants';
import * as elementwise from '@/lib/engines/graph/elementwise';
import { linear, matmul } from '@/lib/engines/graph/matmul';
import { softmax } from '@/lib/engines/graph/normalise';
import * as reduce from '@/lib/engines/graph/reduce';
import { gather, gatherElements } from '@/lib/engines/graph/selection';
import * as unary from '@/lib/engines/graph/unary';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { expectGradients, type GradientCase } from '@/lib/engines/training/gradients/test-support/check-gradients';

type Cases = Readonly<Record<string, GradientCase>>;

const row = [2, 3] as const;
const block = [2, 3, 4] as const;
/** Positive, and far enough from 0 for differences. */
const positive = [0.5, 2] as const;

const functions: Cases = {
  Identity: { inputs: [row], build: unary.identity },
  Neg: { inputs: [row], build: unary.neg },
  Abs: { inputs: [row], build: unary.abs, apart: 0.1 },
  Exp: { inputs: [row], build: unary.exp },
  Log: { inputs: [row], build: unary.log, range: positive },
  Sqrt: { inputs: [row], build: unary.sqrt, range: positive },
  Reciprocal: { inputs: [row], build: unary.reciprocal, range: [-2, -0.7] },
  Sin: { inputs: [row], build: unary.sin },
  Cos: { inputs: [row], build: unary.cos },
  Atan: { inputs: [row], build: (g, x) => unary.unary(g, 'Atan', x), range: [-3, 3] },
  Tanh: { inputs: [row], build: unary.tanh },
  Erf: { inputs: [row], build: unary.erf },
  'Cast there and back': { inputs: [row], build: (g, x) => unary.cast(g, unary.cast(g, x, 'float64'), 'float32') },
};

const activationCases: Cases = {
  Sigmoid: { inputs: [row], build: activations.sigmoid, range: [-3, 3] },
  SiLU: { inputs: [row], build: activations.silu, range: [-3, 3] },
  Relu: { inputs: [row], build: activations.relu, apart: 0.1 },
  LeakyRelu: { inputs: [row], build: (g, x) => activations.leakyRelu(g, x, 0.1), apart: 0.1 },
  PRelu: {
    inputs: [
      [2, 3, 2, 2],
      [3, 1, 1],
    ],
    build: activations.prelu,
    apart: 0.1,
  },
  Softplus: { inputs: [row], build: activations.softplus, range: [-3, 3] },
  HardSigmoid: { inputs: [[3, 5]], build: activations.hardSigmoid, apart: 0.9 },
  GELU: { inputs: [row], build: activations.gelu, range: [-2, 2] },
  Mish: { inputs: [row], build: activations.mish, range: [-2, 2] },
  'Clip to both sides': { inputs: [[3, 5]], build: (g, x) => activations.clip(g, x, -0.3, 0.4), apart: 0.1 },
  'Clip from below': { inputs: [[3, 5]], build: (g, x) => activations.clip(g, x, -0.3, null), apart: 0.1 },
  'Clip from above': { inputs: [[3, 5]], build: (g, x) => activations.clip(g, x, null, 0.4), apart: 0.1 },
};

const arithmetic: Cases = {
  Add: { inputs: [row, row], build: elementwise.add },
  'Add, broadcast both ways': {
    inputs: [
      [2, 1, 3],
      [4, 1],
    ],
    build: elementwise.add,
  },
  'Add of one value to itself': { inputs: [row], build: (g, x) => elementwise.add(g, x, x) },
  Sub: { inputs: [row, [3]], build: elementwise.sub },
  Mul: {
    inputs: [
      [2, 3, 2, 2],
      [3, 1, 1],
    ],
    build: elementwise.mul,
  },
  'Mul by a single number': { inputs: [row, []], build: elementwise.mul },
  Div: {
    inputs: [
      [1, 3],
      [2, 1],
    ],
    build: elementwise.div,
    range: positive,
  },
  'Pow to 2': { inputs: [row], build: (g, x) => elementwise.pow(g, x, 2) },
  'Pow to a half': { inputs: [row], build: (g, x) => elementwise.pow(g, x, 0.5), range: positive },
  'Pow of two values': { inputs: [row, [3]], build: elementwise.pow, range: positive },
  Max: { inputs: [row, [1, 3]], build: elementwise.max, apart: 0.2 },
  Min: { inputs: [row, [1, 3]], build: elementwise.min, apart: 0.2 },
  'Max with a number': { inputs: [row], build: (g, x) => elementwise.max(g, x, 0), apart: 0.2 },
  Where: {
    inputs: [row, [3]],
    build: (g, a, b) => elementwise.where(g, constant(g, 'bool', [2, 1], [1, 0]), a, b),
  },
  'Where by a comparison': {
    inputs: [row, row],
    build: (g, a, b) => elementwise.where(g, elementwise.less(g, a, b), a, elementwise.mul(g, b, 3)),
    apart: 0.2,
  },
};

const reductions: Cases = {
  'ReduceSum to nothing': { inputs: [block], build: (g, x) => reduce.reduceSum(g, x, [0, 1, 2]) },
  'ReduceSum of the middle axis': { inputs: [block], build: (g, x) => reduce.reduceSum(g, x, [1]) },
  'ReduceMean from behind': { inputs: [block], build: (g, x) => reduce.reduceMean(g, x, [-1], { keepAxes: true }) },
  'ReduceMean, axes as an input': { inputs: [block], build: (g, x) => reduce.reduceMean(g, x, [0, 2]), opset: 18 },
  ReduceMax: { inputs: [block], build: (g, x) => reduce.reduceMax(g, x, [1]), apart: 0.1 },
  ReduceMin: { inputs: [block], build: (g, x) => reduce.reduceMin(g, x, [0, 2]), apart: 0.1 },
  Softmax: { inputs: [block], build: (g, x) => softmax(g, x, -1), range: [-2, 2] },
  'Softmax over the middle axis': { inputs: [block], build: (g, x) => softmax(g, x, 1), range: [-2, 2] },
};

const arrangements: Cases = {
  Reshape: { inputs: [block], build: (g, x) => arrangement.reshape(g, x, [4, 6]) },
  Flatten: { inputs: [block], build: (g, x) => arrangement.flatten(g, x) },
  Squeeze: { inputs: [[2, 1, 3, 1]], build: (g, x) => arrangement.squeeze(g, x, [1, 3]) },
  Unsqueeze: { inputs: [row], build: (g, x) => arrangement.unsqueeze(g, x, [0, 3]) },
  Transpose: { inputs: [block], build: (g, x) => arrangement.transpose(g, x, [2, 0, 1]) },
  Concat: {
    inputs: [
      [2, 1, 2],
      [2, 3, 2],
      [2, 2, 2],
    ],
    build: (g, ...xs) => arrangement.concat(g, xs, 1),
  },
  'Concat of one value twice': { inputs: [row], build: (g, x) => arrangement.concat(g, [x, x], -1) },
  Split: {
    inputs: [[2, 5, 2]],
    build: (g, x) => {
      const [first, , last] = arrangement.split(g, x, [2, 1, 2], 1);
      return first && last ? elementwise.mul(g, first, last) : x;
    },
  },
  Expand: { inputs: [[3, 1]], build: (g, x) => arrangement.expand(g, x, [2, 3, 4]) },
  Pad: { inputs: [row], build: (g, x) => arrangement.pad(g, x, [1, 0], [0, 2], 3) },
  Slice: { inputs: [[5, 4]], build: (g, x) => arrangement.slice(g, x, { axis: 0, start: 1, end: 4 }) },
  'Slice with steps': { inputs: [[7, 2]], build: (g, x) => arrangement.slice(g, x, { axis: 0, start: 1, step: 3 }) },
  'Slice with steps beyond the end': {
    inputs: [[7, 2]],
    build: (g, x) => arrangement.slice(g, x, { axis: 0, start: 0, step: 3 }),
  },
  'Slice of two axes, from behind': {
    inputs: [[6, 5]],
    build: (g, x) => {
      const ranges = [
        [-5, 1],
        [-1, 99],
        [0, -1],
        [2, 1],
      ].map((numbers) => int64List(g, numbers));
      return g.node('Slice', [x, ...ranges], { elementType: 'float32', shape: [2, 4] });
    },
  },
};

const selections: Cases = {
  'Gather with repeats': { inputs: [[4, 3]], build: (g, x) => gather(g, x, int64List(g, [2, 0, 2]), 0) },
  'Gather along a later axis': {
    inputs: [block],
    build: (g, x) => gather(g, x, constant(g, 'int64', [2, 2], [3, 0, -1, 1]), -1),
  },
  'Gather of one': { inputs: [block], build: (g, x) => gather(g, x, constant(g, 'int64', [], [1]), 1) },
  GatherElements: {
    inputs: [[2, 4]],
    build: (g, x) => gatherElements(g, x, constant(g, 'int64', [2, 3], [3, 0, 3, 1, 1, 1]), 1),
  },
};

const products: Cases = {
  MatMul: { inputs: [row, [3, 4]], build: matmul },
  'MatMul of batches': {
    inputs: [
      [2, 2, 2, 3],
      [2, 2, 3, 4],
    ],
    build: matmul,
  },
  'MatMul, one factor for all batches': {
    inputs: [
      [2, 2, 3],
      [3, 2],
    ],
    build: matmul,
  },
  'MatMul, batches broadcast': {
    inputs: [
      [2, 1, 2, 3],
      [3, 3, 2],
    ],
    build: matmul,
  },
  'MatMul by itself, turned': { inputs: [row], build: (g, x) => matmul(g, x, arrangement.transpose(g, x, [1, 0])) },
  Gemm: { inputs: [row, [4, 3], [4]], build: linear },
  'Gemm without bias': { inputs: [row, [4, 3]], build: (g, x, weight) => linear(g, x, weight, null) },
};

const families: Readonly<Record<string, Cases>> = {
  functions,
  activations: activationCases,
  arithmetic,
  reductions,
  arrangements,
  selections,
  products,
};

describe.each(Object.entries(families))('gradients of %s are what differences give', (_, cases) => {
  it.each(Object.entries(cases))('%s', async (_name, gradientCase) => {
    await expectGradients(gradientCase, gradientForms.cpu);
  });
});

describe('gradients of products are what differences give', () => {
  it.each(Object.entries(products))('%s, with plain operators', async (_name, gradientCase) => {
    await expectGradients(gradientCase, gradientForms.webgpu);
  });
});
