import { describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { floats } from '@/lib/engines/graph/constants';
import { conv, convTranspose } from '@/lib/engines/graph/conv';
import { mul } from '@/lib/engines/graph/elementwise';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { averagePool, globalAveragePool, maxPool } from '@/lib/engines/graph/pooling';
import { reduceSum } from '@/lib/engines/graph/reduce';
import { resizeBy, resizeLike } from '@/lib/engines/graph/resize';
import { differentiate } from '@/lib/engines/training/gradients/differentiate';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import {
  expectGradients,
  type GradientCase,
  sessionOf,
} from '@/lib/engines/training/gradients/test-support/check-gradients';
import { trainingBatchNorm } from '@/lib/engines/training/gradients/training-batch-norm';

type Cases = Readonly<Record<string, GradientCase>>;
type Window = NonNullable<Parameters<typeof conv>[4]>;

function convCase(map: readonly number[], weight: readonly number[], window: Window): GradientCase {
  return { inputs: [map, weight], build: (g, x, w) => conv(g, x, w, null, window) };
}

const convolutions: Cases = {
  'Conv 1 × 1 with a bias': {
    inputs: [[2, 3, 2, 3], [4, 3, 1, 1], [4]],
    build: (g, x, weight, bias) => conv(g, x, weight, bias),
  },
  'Conv 3 × 3': convCase([2, 2, 4, 3], [3, 2, 3, 3], { padding: [1, 1] }),
  'Conv 3 × 3 without padding': convCase([1, 2, 4, 5], [2, 2, 3, 3], {}),
  'Conv 1 × 3, padding of its own on each axis': convCase([1, 2, 3, 4], [2, 2, 1, 3], { padding: [0, 1] }),
  'Conv 2 × 2': convCase([1, 2, 3, 4], [2, 2, 2, 2], {}),
  'Conv with more padding than its kernel reaches': convCase([1, 1, 3, 3], [2, 1, 2, 2], { padding: [2, 2] }),
  'Conv in steps of 2, even map': convCase([2, 2, 6, 4], [3, 2, 3, 3], { stride: [2, 2], padding: [1, 1] }),
  'Conv in steps of 2, odd map': convCase([1, 2, 5, 7], [2, 2, 3, 3], { stride: [2, 2], padding: [1, 1] }),
  'Conv 6 × 6 in steps of 2': convCase([1, 1, 8, 8], [2, 1, 6, 6], { stride: [2, 2], padding: [2, 2] }),
  'Conv 1 × 1 in steps of 2': convCase([1, 2, 4, 5], [2, 2, 1, 1], { stride: [2, 2] }),
  'Conv in steps of 3 that leave a rest': convCase([1, 1, 7, 8], [2, 1, 2, 2], { stride: [3, 3] }),
  'Conv with different steps': convCase([1, 2, 4, 5], [2, 2, 3, 3], { stride: [1, 2], padding: [1, 1] }),
  'Conv dilated': convCase([1, 2, 6, 5], [2, 2, 3, 3], { dilation: [2, 2], padding: [2, 2] }),
  'Conv dilated in steps of 2': convCase([1, 1, 8, 7], [2, 1, 3, 3], { dilation: [2, 2], stride: [2, 2] }),
  'Conv in groups': convCase([2, 4, 3, 3], [6, 2, 3, 3], { groups: 2, padding: [1, 1] }),
  'Conv depthwise': convCase([2, 3, 4, 3], [3, 1, 3, 3], { groups: 3, padding: [1, 1] }),
  'Conv in groups in steps of 2': convCase([1, 4, 5, 4], [2, 2, 3, 3], { groups: 2, stride: [2, 2], padding: [1, 1] }),
  'Conv 3 × 3 of as many channels as are multiplied place by place': convCase([2, 4, 3, 4], [3, 4, 3, 3], {
    padding: [1, 1],
  }),
  'Conv of these in steps of 2': convCase([1, 4, 5, 4], [3, 4, 3, 3], { stride: [2, 2], padding: [1, 1] }),
  'Conv of these in steps of 3 that leave a rest': convCase([2, 4, 8, 5], [2, 4, 2, 2], { stride: [3, 3] }),
  'Conv of these in groups': convCase([2, 8, 3, 3], [2, 4, 3, 3], { groups: 2, padding: [1, 1] }),
  'Conv of these in steps of 2, dilated': convCase([1, 4, 6, 6], [2, 4, 2, 2], { dilation: [2, 2], stride: [2, 2] }),
  'ConvTranspose of these': {
    inputs: [
      [1, 2, 2, 3],
      [2, 4, 2, 2],
    ],
    build: (g, x, weight) => convTranspose(g, x, weight, null, { stride: [2, 2] }),
  },
  'ConvTranspose 2 × 2 in steps of 2 with a bias': {
    inputs: [[2, 2, 2, 3], [2, 3, 2, 2], [3]],
    build: (g, x, weight, bias) => convTranspose(g, x, weight, bias ?? null, { stride: [2, 2] }),
  },
  'ConvTranspose 3 × 3 with rows added': {
    inputs: [
      [1, 2, 3, 2],
      [2, 2, 3, 3],
    ],
    build: (g, x, weight) =>
      convTranspose(g, x, weight, null, { stride: [2, 2], padding: [1, 1], outputPadding: [1, 1] }),
  },
  'ConvTranspose in groups, dilated': {
    inputs: [
      [1, 4, 3, 2],
      [4, 1, 2, 2],
    ],
    build: (g, x, weight) => convTranspose(g, x, weight, null, { groups: 2, dilation: [2, 1] }),
  },
};

const pools: Cases = {
  'MaxPool 5 × 5 in place': {
    inputs: [[1, 2, 5, 6]],
    build: (g, x) => maxPool(g, x, { kernel: [5, 5], padding: [2, 2] }),
    apart: 0.05,
  },
  'MaxPool 2 × 2 in steps of 2': {
    inputs: [[2, 1, 5, 4]],
    build: (g, x) => maxPool(g, x, { kernel: [2, 2], stride: [2, 2] }),
    apart: 0.05,
  },
  'MaxPool 3 × 2, padded, dilated, each axis its own': {
    inputs: [[1, 1, 7, 6]],
    build: (g, x) => maxPool(g, x, { kernel: [3, 2], stride: [2, 1], padding: [1, 0], dilation: [1, 2] }),
    apart: 0.05,
  },
  'MaxPool with windows over the edge': {
    inputs: [[1, 1, 6, 4]],
    build: (g, x) => maxPool(g, x, { kernel: [3, 3], stride: [2, 2], ceil: true }),
    apart: 0.05,
  },
  'MaxPool of a pool': {
    inputs: [[1, 1, 4, 4]],
    build: (g, x) => maxPool(g, maxPool(g, x, { kernel: [3, 3], padding: [1, 1] }), { kernel: [2, 2], stride: [2, 2] }),
    apart: 0.05,
  },
  'AveragePool 2 × 2 in steps of 1': {
    inputs: [[1, 2, 4, 3]],
    build: (g, x) => averagePool(g, x, { kernel: [2, 2] }),
  },
  'AveragePool with zeros counted': {
    inputs: [[1, 1, 5, 4]],
    build: (g, x) => averagePool(g, x, { kernel: [3, 3], stride: [2, 2], padding: [1, 1] }),
  },
  'AveragePool with zeros left out': {
    inputs: [[1, 1, 5, 4]],
    build: (g, x) => averagePool(g, x, { kernel: [3, 3], stride: [2, 2], padding: [1, 1], countPadding: false }),
  },
  'AveragePool with windows over the edge': {
    inputs: [[1, 1, 6, 5]],
    build: (g, x) => averagePool(g, x, { kernel: [3, 2], stride: [2, 2], ceil: true, countPadding: false }),
  },
  GlobalAveragePool: { inputs: [[2, 3, 2, 4]], build: globalAveragePool },
};

const others: Cases = {
  'Resize by 2': { inputs: [[1, 2, 3, 2]], build: (g, x) => resizeBy(g, x, [2, 2], 'nearest') },
  'Resize by 3 and 1': { inputs: [[2, 1, 2, 3]], build: (g, x) => resizeBy(g, x, [3, 1], 'nearest') },
  'Resize to the size of another': {
    inputs: [[1, 2, 2, 3]],
    build: (g, x) => resizeLike(g, x, floats(g, [1, 1, 4, 6], new Float32Array(24)), 'nearest'),
  },
  'batch normalisation': {
    inputs: [[3, 2, 3, 2], [2], [2]],
    build: (g, x, scale, shift) => trainingBatchNorm(g, x, scale, shift, 1e-3).y,
  },
  'batch normalisation far from 0': {
    inputs: [[2, 2, 2, 3], [2], [2]],
    build: (g, x, scale, shift) => trainingBatchNorm(g, x, scale, shift, 1e-3).y,
    range: [5, 8],
  },
  'batch normalisation between layers': {
    inputs: [[2, 2, 3, 3], [2, 2, 1, 1], [2], [2]],
    build: (g, x, weight, scale, shift) => {
      const { y } = trainingBatchNorm(g, conv(g, x, weight, null), scale, shift, 1e-3);
      return mul(g, y, y);
    },
  },
};

const families = { convolutions, pools, others };

// On WASM the forms are those of the CPU.
const { cpu, webgpu } = gradientForms;

describe.each(Object.entries({ cpu, webgpu }))('gradients of maps as %s takes them', (_provider, forms) => {
  describe.each(Object.entries(families))('%s', (_family, cases) => {
    it.each(Object.entries(cases))('%s', async (_name, gradientCase) => {
      await expectGradients(gradientCase, forms);
    });
  });
});

describe('the gradient of a MaxPool', () => {
  it.each(Object.entries({ cpu, webgpu }))(
    'goes to the first of equal elements as %s takes it',
    async (_name, forms) => {
      const g = new GraphBuilder();
      const x = floats(g, [1, 1, 3, 4], [1, 1, 0, 2, 1, 1, 2, 2, 0, 0, 2, 0]);
      const pooled = maxPool(g, x, { kernel: [2, 2] });
      const [gradient] = differentiate(g, reduceSum(g, pooled, [0, 1, 2, 3]), [x], { forms });
      g.output('gradient', present(gradient, 'the gradient'));
      const session = await sessionOf(g);
      const answers = await session.run({});
      await session.dispose();
      expect(Array.from(answers.gradient?.data ?? [], Number)).toEqual([1, 0, 0, 1, 1, 0, 3, 0, 0, 0, 0, 0]);
    },
  );
});
