import { describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';
import { layOut, type NamedNorm, type NamedParameter } from '@/lib/engines/training/network/parameter-layout';
import { floatsOf, loadGraph, numberFeeds, vectorFeeds } from '@/lib/engines/training/step/graph-session';
import type { OptimizerKind, StateVector } from '@/lib/engines/training/step/training-state';
import {
  type UpdateNumbers,
  updateGraph,
  updateInputs,
  updateNumberNames,
  updateOutputs,
} from '@/lib/engines/training/step/update-graph';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

const parameters: readonly NamedParameter[] = [
  { name: 'a.weight', shape: [3, 2, 1, 1], kind: 'weight' },
  { name: 'a.bias', shape: [3], kind: 'bias' },
  { name: 'n.weight', shape: [2], kind: 'norm' },
  { name: 'b.weight', shape: [4], kind: 'weight' },
];
const norms: readonly NamedNorm[] = [
  { meanName: 'n.running_mean', varianceName: 'n.running_var', channels: 2, momentum: 0.03 },
];
const layout = layOut(parameters, norms);

type Vectors = Partial<Record<StateVector, Float32Array>>;

function randomVectors(seed: number): Record<StateVector, Float32Array> {
  const random = seededRandom(seed);
  const vector = (length: number, low = -1) => Float32Array.from({ length }, () => low + (1 - low) * random());
  return {
    parameters: vector(layout.parameterCount),
    gradient: vector(layout.parameterCount),
    moment: vector(layout.parameterCount),
    square: vector(layout.parameterCount, 0),
    averageParameters: vector(layout.parameterCount),
    statistics: vector(layout.statisticCount),
    averageStatistics: vector(layout.statisticCount),
  };
}

async function updated(optimizer: OptimizerKind, before: Vectors, numbers: UpdateNumbers): Promise<Vectors> {
  const session = await loadGraph(nodeSessionFactory({ threads: 1 }), updateGraph(layout, optimizer));
  try {
    const answers = await session.run({
      ...vectorFeeds(updateInputs[optimizer].map((name) => [name, present(before[name], name)])),
      ...numberFeeds(updateNumberNames[optimizer].map((name) => [name, numbers[name]])),
    });
    return Object.fromEntries(
      Object.entries(updateOutputs[optimizer]).map(([name, output]) => [name, floatsOf(answers, output)]),
    );
  } finally {
    await session.dispose();
  }
}

const numbers: UpdateNumbers = {
  weightRate: 0.01,
  normRate: 0.02,
  biasRate: 0.1,
  gradientScale: 0.5,
  momentum: 0.9,
  weightDecay: 0.05,
  averageDecay: 0.75,
  firstCorrection: 1 - 0.9 ** 3,
  secondCorrection: Math.sqrt(1 - 0.999 ** 3),
};

/** Rate and decay of each element: kernels come first, then scales, then biases. */
const elements = [
  ...Array(10).fill({ rate: numbers.weightRate, decay: numbers.weightDecay }),
  ...Array(2).fill({ rate: numbers.normRate, decay: 0 }),
  ...Array(3).fill({ rate: numbers.biasRate, decay: 0 }),
];

/** torch.optim.SGD(momentum, weight_decay, nesterov=True), element by element. */
function sgdInPlainWords(v: Record<StateVector, Float32Array>): { parameters: number[]; moment: number[] } {
  const moment = elements.map(({ decay }, i) => {
    const d = numbers.gradientScale * v.gradient[i] + decay * v.parameters[i];
    return numbers.momentum * v.moment[i] + d;
  });
  const after = elements.map(({ rate, decay }, i) => {
    const d = numbers.gradientScale * v.gradient[i] + decay * v.parameters[i];
    return v.parameters[i] - rate * (d + numbers.momentum * moment[i]);
  });
  return { parameters: after, moment };
}

/** torch.optim.AdamW(betas=(momentum, 0.999), eps=1e-8) in its third update. */
function adamWInPlainWords(v: Record<StateVector, Float32Array>) {
  const gradient = Array.from(v.gradient, (g) => numbers.gradientScale * g);
  const moment = gradient.map((g, i) => numbers.momentum * v.moment[i] + (1 - numbers.momentum) * g);
  const square = gradient.map((g, i) => 0.999 * v.square[i] + 0.001 * g * g);
  const after = elements.map(({ rate, decay }, i) => {
    const spread = Math.sqrt(square[i]) / numbers.secondCorrection + 1e-8;
    return v.parameters[i] * (1 - rate * decay) - ((rate / numbers.firstCorrection) * moment[i]) / spread;
  });
  return { parameters: after, moment, square };
}

function expectNear(found: Float32Array | undefined, expected: readonly number[]): void {
  expect(found?.length).toBe(expected.length);
  for (const [index, number] of expected.entries()) expect(found?.[index], `element ${index}`).toBeCloseTo(number, 5);
}

function averaged(old: Float32Array, target: ArrayLike<number>): readonly number[] {
  return Array.from(old, (number, i) => numbers.averageDecay * number + (1 - numbers.averageDecay) * target[i]);
}

describe('the graph that changes parameters', () => {
  it('follows SGD with Nesterov momentum, a rate for each kind, decay for kernels only', async () => {
    const before = randomVectors(1);
    const after = await updated('sgd', before, numbers);
    const expected = sgdInPlainWords(before);
    expectNear(after.parameters, expected.parameters);
    expectNear(after.moment, expected.moment);
    expectNear(after.averageParameters, averaged(before.averageParameters, expected.parameters));
    expectNear(after.averageStatistics, averaged(before.averageStatistics, before.statistics));
  });

  it('follows AdamW, its decay apart from the gradient', async () => {
    const before = randomVectors(2);
    const after = await updated('adamw', before, numbers);
    const expected = adamWInPlainWords(before);
    expectNear(after.parameters, expected.parameters);
    expectNear(after.moment, expected.moment);
    expectNear(after.square, expected.square);
    expectNear(after.averageParameters, averaged(before.averageParameters, expected.parameters));
  });

  it('leaves out what a network has not: normalisations', async () => {
    const bare = layOut(
      parameters.filter(({ kind }) => kind !== 'norm'),
      [],
    );
    const session = await loadGraph(nodeSessionFactory({ threads: 1 }), updateGraph(bare, 'sgd'));
    const zeros = new Float32Array(bare.parameterCount);
    const answers = await session.run({
      ...vectorFeeds(['parameters', 'gradient', 'moment', 'averageParameters'].map((name) => [name, zeros])),
      ...numberFeeds(updateNumberNames.sgd.map((name) => [name, numbers[name]])),
    });
    expect(floatsOf(answers, 'nextParameters')).toEqual(zeros);
    await session.dispose();
  });
});
