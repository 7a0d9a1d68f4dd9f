import { expect } from 'vitest';
import { present } from '@/lib/core/assert';
import { floats } from '@/lib/engines/graph/constants';
import { mul } from '@/lib/engines/graph/elementwise';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceSum } from '@/lib/engines/graph/reduce';
import type { Value } from '@/lib/engines/graph/value';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { writeOnnx } from '@/lib/engines/model-files/onnx-writer';
import { readOnnxFacts } from '@/lib/engines/model-files/read-onnx-facts';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';
import { differentiate } from '@/lib/engines/training/gradients/differentiate';
import type { GradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import type { HostTensor, VisionSession } from '@/lib/engines/vision/session';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

export type GradientCase = {
  /** Shapes of the values to differentiate by. */
  readonly inputs: readonly (readonly number[])[];
  readonly build: (g: GraphBuilder, ...inputs: readonly Value[]) => Value;
  /** Numbers lie between these; by default −1 and 1. */
  readonly range?: readonly [number, number];
  /** Numbers of one input are this far apart, for functions with a kink where two are equal or one is 0. */
  readonly apart?: number;
  readonly opset?: number;
};

/** Step of the central differences: their own error is of its square, that of single precision of its inverse. */
const difference = 1e-2;
const tolerance = 2e-3;

/**
 * Expects the gradients that the graph computes to be what central differences of its result give. The loss is the sum of
 * all results, each times a number of its own, so that no two errors cancel.
 */
export async function expectGradients(gradientCase: GradientCase, forms: GradientForms, seed = 1): Promise<void> {
  const random = seededRandom(seed);
  const g = new GraphBuilder({ opset: gradientCase.opset ?? 17 });
  const inputs = gradientCase.inputs.map((shape, index) => g.input(`x${index}`, { elementType: 'float32', shape }));
  const y = gradientCase.build(g, ...inputs);
  const weights = Float32Array.from({ length: sizeOf(y.shape.map(Number)) }, () => random() * 2 - 1);
  const weighted = mul(g, y, floats(g, y.shape.map(Number), weights));
  const loss = y.shape.length === 0 ? weighted : reduceSum(g, weighted, [...y.shape.keys()]);
  const gradients = differentiate(g, loss, inputs, { forms });
  for (const [index, gradient] of gradients.entries()) {
    expect(gradient.shape, `shape of gradient ${index}`).toEqual(gradientCase.inputs[index]);
    g.output(`d${index}`, gradient);
  }
  g.output('y', y);
  const session = await sessionOf(g);
  try {
    await compare(session, gradientCase, weights, random);
  } finally {
    await session.dispose();
  }
}

/** Loads a graph on the CPU. */
export async function sessionOf(g: GraphBuilder): Promise<VisionSession> {
  const model = writeOnnx({
    irVersion: 8,
    opsets: g.operatorSets(),
    producer: { name: 'test', version: '' },
    graph: g.finish(),
  });
  return await nodeSessionFactory({ threads: 1 })(model, await readOnnxFacts(bytesSource(model)));
}

async function compare(
  session: VisionSession,
  gradientCase: GradientCase,
  weights: Float32Array,
  random: () => number,
): Promise<void> {
  const data = gradientCase.inputs.map((shape, index) => numbers(sizeOf(shape), index, gradientCase, random));
  const feeds = Object.fromEntries(
    data.map((numbers, index): [string, HostTensor] => [
      `x${index}`,
      { type: 'float32', data: numbers, dims: gradientCase.inputs[index] ?? [] },
    ]),
  );
  const lossAt = async () => dot(numbersOf(await session.run(feeds), 'y'), weights);
  const computed = await session.run(feeds);
  for (const [index, input] of data.entries()) {
    const gradient = numbersOf(computed, `d${index}`);
    for (let element = 0; element < input.length; element++) {
      const before = input[element] ?? 0;
      input[element] = before + difference;
      const above = await lossAt();
      input[element] = before - difference;
      const below = await lossAt();
      input[element] = before;
      const expected = (above - below) / (2 * difference);
      const found = gradient[element] ?? Number.NaN;
      const error = Math.abs(found - expected) / Math.max(1, Math.abs(expected));
      expect(error, `gradient ${index} at ${element}: ${found}, by differences ${expected}`).toBeLessThan(tolerance);
    }
  }
}

/** Numbers within the range; or a shuffled row of equal distances, shifted for every input, that leaves 0 out. */
function numbers(
  count: number,
  input: number,
  { range: [low, high] = [-1, 1], apart }: GradientCase,
  random: () => number,
): Float32Array {
  if (apart === undefined) return Float32Array.from({ length: count }, () => low + (high - low) * random());
  const shift = 0.5 + input / 4 - Math.ceil(count / 2);
  const row = Array.from({ length: count }, (_, index) => (index + shift) * apart);
  const order = row.map((number) => ({ number, at: random() })).sort((a, b) => a.at - b.at);
  return Float32Array.from(order, ({ number }) => number);
}

function numbersOf(answers: Readonly<Record<string, HostTensor>>, name: string): ArrayLike<number> {
  const tensor = present(answers[name], name);
  if (tensor.type !== 'float32') throw new Error(`${name} is ${tensor.type}`);
  return tensor.data;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((sum, number, index) => sum + number * (b[index] ?? 0), 0);
}
