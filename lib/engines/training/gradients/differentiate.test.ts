import { describe, expect, it } from 'vitest';
import { silu } from '@/lib/engines/graph/activations';
import { concat, split } from '@/lib/engines/graph/arrangement';
import { floats } from '@/lib/engines/graph/constants';
import { conv } from '@/lib/engines/graph/conv';
import { add, mul, sub } from '@/lib/engines/graph/elementwise';
import { symbolicExtent } from '@/lib/engines/graph/extent';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { maxPool } from '@/lib/engines/graph/pooling';
import { reduceMean, reduceSum } from '@/lib/engines/graph/reduce';
import { resizeBy } from '@/lib/engines/graph/resize';
import { topK } from '@/lib/engines/graph/selection';
import { exp, floor, log } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import { differentiate } from '@/lib/engines/training/gradients/differentiate';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { GradientError } from '@/lib/engines/training/gradients/gradient-rule';
import { expectGradients, sessionOf } from '@/lib/engines/training/gradients/test-support/check-gradients';
import { trainingBatchNorm } from '@/lib/engines/training/gradients/training-batch-norm';

const forms = gradientForms.cpu;
const three = { elementType: 'float32', shape: [3] } as const;

/** What the values come to for x = 1, 2, 3. */
async function run(g: GraphBuilder, values: readonly Value[]): Promise<readonly (readonly number[])[]> {
  for (const [index, value] of values.entries()) g.output(`value${index}`, value);
  const session = await sessionOf(g);
  try {
    const answers = await session.run({ x: { type: 'float32', data: Float32Array.of(1, 2, 3), dims: [3] } });
    return values.map((_, index) => Array.from(answers[`value${index}`]?.data ?? [], Number));
  } finally {
    await session.dispose();
  }
}

function operatorsAfter(g: GraphBuilder, count: number): readonly string[] {
  return g
    .operations()
    .slice(count)
    .map((operation) => operation.operator);
}

describe('differentiate', () => {
  it('sums up the ways that lead from a value to the loss, through values between that are asked for as well', async () => {
    const g = new GraphBuilder();
    const x = g.input('x', three);
    const square = mul(g, x, x);
    const loss = reduceSum(g, add(g, mul(g, square, x), square), [0]);
    // The sum of x³ + x²: 3x² + 2x by x, x + 1 by the square (which holds x).
    const gradients = differentiate(g, loss, [x, square, loss], { forms });
    expect(await run(g, gradients)).toEqual([[5, 16, 33], [2, 3, 4], [1]]);
  });

  it('gives zeros for what the loss does not depend on', async () => {
    const g = new GraphBuilder();
    const x = g.input('x', three);
    const unused = floats(g, [2, 2], [1, 2, 3, 4]);
    const afterwards = exp(g, x);
    const stepped = reduceSum(g, mul(g, floor(g, x), 2), [0]);
    expect(await run(g, differentiate(g, stepped, [x, unused, afterwards], { forms }))).toEqual([
      [0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('takes values as constants when it is told to', async () => {
    const g = new GraphBuilder();
    const x = g.input('x', three);
    const target = mul(g, x, 3);
    const loss = reduceSum(g, mul(g, x, target), [0]);
    expect(await run(g, differentiate(g, loss, [x], { forms, constants: [target] }))).toEqual([[3, 6, 9]]);
  });

  it('does no work for values that lead to none of those it is asked for', () => {
    const g = new GraphBuilder();
    const map = g.input('map', { elementType: 'float32', shape: [1, 4, 4, 4] });
    const [first, second] = ['first', 'second'].map((name) =>
      g.input(name, { elementType: 'float32', shape: [4, 4, 3, 3] }),
    );
    if (!first || !second) throw new Error('two weights');
    const window = { padding: [1, 1] } as const;
    const inner = conv(g, map, first, null, window);
    const loss = reduceSum(g, conv(g, inner, second, null, window), [0, 1, 2, 3]);
    const before = g.operations().length;
    differentiate(g, loss, [second], { forms });
    const operators = operatorsAfter(g, before);
    // A product for each of the nine places of one kernel, and no convolution: neither map needs a gradient.
    expect(operators.filter((operator) => operator === 'FusedMatMul')).toHaveLength(9);
    expect(operators).not.toContain('Conv');
  });

  it('writes only operators that WebGPU runs where it is asked to', () => {
    const g = new GraphBuilder();
    const map = g.input('map', { elementType: 'float32', shape: [1, 2, 4, 4] });
    const weight = g.input('weight', { elementType: 'float32', shape: [2, 2, 3, 3] });
    const pooled = maxPool(g, conv(g, map, weight, null, { padding: [1, 1] }), { kernel: [3, 3], padding: [1, 1] });
    differentiate(g, reduceSum(g, pooled, [0, 1, 2, 3]), [map, weight], { forms: gradientForms.webgpu });
    expect(g.operatorSets()).toEqual({ '': 17 });
    const nodes = g.finish().nodes;
    expect(nodes.filter((node) => /Scatter|Split/.test(node.opType))).toEqual([]);
    expect(nodes.every((node) => node.opType !== 'MaxPool' || node.outputs.length === 1)).toBe(true);
  });

  it('names its nodes by the operation they belong to', () => {
    const g = new GraphBuilder();
    const x = g.input('x', three);
    const loss = reduceSum(g, log(g.within('head'), x), [0]);
    differentiate(g, loss, [x], { forms });
    expect(g.operations().map((operation) => operation.name)).toContain('/gradient/head/Log/Div');
  });

  it('refuses what it does not know, naming the operation, unless no way leads there', async () => {
    const g = new GraphBuilder();
    const x = g.input('x', three);
    const { values } = topK(g.within('assigner'), x, 2, 0);
    const loss = add(g, reduceSum(g, values, [0]), reduceSum(g, x, [0]));
    expect(() => differentiate(g, loss, [x], { forms })).toThrow(GradientError);
    expect(() => differentiate(g, loss, [x], { forms })).toThrow('/assigner/TopK: the gradient of TopK is not known');
    const [gradient] = differentiate(g, loss, [x], { forms, constants: [values] });
    expect(gradient && (await run(g, [gradient]))).toEqual([[1, 1, 1]]);
  });

  it('refuses a loss of more than one number, lengths that are not known, and statistics in the loss', () => {
    const g = new GraphBuilder();
    const x = g.input('x', three);
    expect(() => differentiate(g, x, [x], { forms })).toThrow('the loss [3] is one number');
    const open = g.input('open', { elementType: 'float32', shape: [symbolicExtent('n'), 2] });
    const mean = reduceMean(g, open, [0, 1]);
    expect(() => differentiate(g, mean, [open], { forms })).toThrow('needs lengths that are known');
    const map = g.input('map', { elementType: 'float32', shape: [1, 2, 2, 2] });
    const ones = floats(g, [2], [1, 1]);
    const normalised = trainingBatchNorm(g, map, ones, ones, 1e-3);
    expect(() => differentiate(g, reduceSum(g, normalised.variance, [0]), [map], { forms })).toThrow(
      'TrainingBatchNorm is known for its first output only',
    );
  });

  it.each(Object.entries({ cpu: gradientForms.cpu, webgpu: gradientForms.webgpu }))(
    'goes back through a whole small network as %s takes it',
    async (_provider, providerForms) => {
      const weights = [
        [4, 2, 3, 3],
        [2, 2, 3, 3],
        [2, 8, 1, 1],
      ] as const;
      await expectGradients(
        {
          inputs: [[2, 2, 6, 6], ...weights, [4], [4]],
          build: (g, x, stem, inner, last, scale, shift) => {
            if (!stem || !inner || !last || !scale || !shift || !x) throw new Error('six inputs');
            const strided = conv(g, x, stem, null, { stride: [2, 2], padding: [1, 1] });
            const active = silu(g, trainingBatchNorm(g, strided, scale, shift, 1e-3).y);
            const [left, right] = split(g, active, [2, 2], 1);
            if (!left || !right) throw new Error('two halves');
            const deeper = add(g, right, silu(g, conv(g, right, inner, null, { padding: [1, 1] })));
            const all = concat(g, [left, right, deeper, sub(g, left, deeper)], 1);
            return resizeBy(g, conv(g, all, last, null), [2, 2], 'nearest');
          },
        },
        providerForms,
      );
    },
  );
});
