import { describe, expect, it } from 'vitest';
import { buildModule } from '@/lib/engines/architecture/build-network';
import type { BuildContext } from '@/lib/engines/architecture/module-builder';
import { readWeights } from '@/lib/engines/architecture/read-weights';
import { inMemoryTensor } from '@/lib/engines/architecture/test-support/module-trees/in-memory-tensor';
import { moduleNode } from '@/lib/engines/architecture/test-support/module-trees/torch-modules';
import { WeightPlan } from '@/lib/engines/architecture/weight-plan';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { float32, runGraph } from '@/lib/engines/graph/test-support/run-graph';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';

const channels = 4;
const side = 5;
const input = float32([1, channels, side, side], noise(channels * side * side, 1));

describe('convolutions', () => {
  it.each([
    { name: 'plain', className: 'Conv2d', groups: 1, hasBias: false },
    { name: 'with a bias', className: 'Conv2d', groups: 1, hasBias: true },
    { name: 'in groups', className: 'Conv2d', groups: 2, hasBias: true },
    { name: 'transposed', className: 'ConvTranspose2d', groups: 1, hasBias: false },
    { name: 'transposed in groups', className: 'ConvTranspose2d', groups: 2, hasBias: true },
  ])('take their normalisation in: $name', async ({ className, groups, hasBias }) => {
    const isTransposed = className === 'ConvTranspose2d';
    const [outputs, epsilon] = [6, 0.125];
    const kernel = isTransposed ? [channels, outputs / groups, 3, 3] : [outputs, channels / groups, 3, 3];
    const convolution = convolutionNode(className, kernel, groups, hasBias ? noise(outputs, 3) : null);
    const statistics = {
      mean: noise(outputs, 4),
      variance: noise(outputs, 5),
      gamma: noise(outputs, 6),
      beta: noise(outputs, 7),
    };
    const folded = await run(
      moduleNode(`ultralytics.nn.modules.conv.${isTransposed ? 'ConvTranspose' : 'Conv'}`, {
        children: {
          [isTransposed ? 'conv_transpose' : 'conv']: convolution,
          bn: normNode(statistics, epsilon),
          act: moduleNode('torch.nn.modules.linear.Identity'),
        },
      }),
    );
    const plain = await run(convolution);
    const area = plain.length / outputs;
    const expected = plain.map((value, index) => {
      const channel = Math.floor(index / area);
      const { mean, variance, gamma, beta } = statistics;
      return ((value - mean[channel]) / Math.sqrt(variance[channel] + epsilon)) * gamma[channel] + beta[channel];
    });
    expect(folded.length).toBe(expected.length);
    for (const [index, value] of expected.entries()) expect(folded[index]).toBeCloseTo(value, 4);
  });

  it('that are added up become one, the normalised input among them', async () => {
    const branch = (size: number, seed: number) => {
      const weight = inMemoryTensor(
        [channels, channels, size, size],
        Float32Array.from(noise(channels ** 2 * size ** 2, seed)),
      );
      return moduleNode('ultralytics.nn.modules.conv.Conv', {
        children: {
          conv: moduleNode('torch.nn.modules.conv.Conv2d', {
            attributes: { padding: [(size - 1) / 2, (size - 1) / 2], groups: 1 },
            parameters: { weight },
          }),
          bn: normNode(normOf(seed + 1), 0.5),
          act: moduleNode('torch.nn.modules.linear.Identity'),
        },
      });
    };
    const [conv1, conv2, bn] = [branch(3, 10), branch(1, 20), normNode(normOf(30), 0.25)];
    const act = moduleNode('torch.nn.modules.linear.Identity');
    const sum = await run(moduleNode('ultralytics.nn.modules.conv.RepConv', { children: { conv1, conv2, bn, act } }));
    const [three, one] = [await run(conv1), await run(conv2)];
    const { mean, variance, gamma, beta } = normOf(30);
    for (const [index, value] of sum.entries()) {
      const channel = Math.floor(index / side ** 2);
      const own = ((Number(input.data[index]) - mean[channel]) / Math.sqrt(variance[channel] + 0.25)) * gamma[channel];
      expect(value).toBeCloseTo(three[index] + one[index] + own + beta[channel], 4);
    }
  });

  it('leave the tensors of the checkpoint as they were', async () => {
    const kernel = Float32Array.from(noise(channels ** 2, 2));
    const before = [...kernel];
    const node = moduleNode('ultralytics.nn.modules.conv.Conv', {
      children: {
        conv: moduleNode('torch.nn.modules.conv.Conv2d', {
          parameters: { weight: inMemoryTensor([channels, channels, 1, 1], kernel) },
        }),
        bn: normNode(normOf(3), 0.5),
        act: moduleNode('torch.nn.modules.linear.Identity'),
      },
    });
    const first = await run(node);
    expect([...kernel]).toEqual(before);
    expect(await run(node)).toEqual(first);
  });
});

/** What a module makes of the input. */
async function run(node: ModuleNode): Promise<readonly number[]> {
  const graph = new GraphBuilder();
  const weights = new WeightPlan(graph);
  const images = graph.input('images', { elementType: 'float32', shape: [1, channels, side, side] });
  const context: BuildContext = {
    graph,
    weights,
    training: null,
    images,
    path: 'model.0',
    settings: plainSettings,
    build: buildModule,
  };
  const output = buildModule(context, node, [images]);
  await readWeights(weights, (weight, bytes) => graph.setBytes(weight, bytes.slice()));
  const { y } = await runGraph(graph, { y: 'name' in output ? output : output[0] }, { images: input });
  return Array.from(y?.data ?? [], Number);
}

const plainSettings = {
  imgsz: [side, side],
  dynamic: false,
  batch: 1,
  half: false,
  nms: null,
  endToEnd: null,
  opset: 17,
} as const;

function convolutionNode(className: string, shape: readonly number[], groups: number, bias: readonly number[] | null) {
  const count = shape.reduce((product, length) => product * length, 1);
  return moduleNode(`torch.nn.modules.conv.${className}`, {
    attributes: {
      stride: [2, 2],
      padding: [1, 1],
      dilation: [1, 1],
      output_padding: [0, 0],
      groups,
      padding_mode: 'zeros',
    },
    parameters: {
      weight: inMemoryTensor(shape, Float32Array.from(noise(count, 2))),
      bias: bias === null ? null : inMemoryTensor([bias.length], Float32Array.from(bias)),
    },
  });
}

type Statistics = Readonly<Record<'mean' | 'variance' | 'gamma' | 'beta', readonly number[]>>;

function normOf(seed: number): Statistics {
  const list = (offset: number) => noise(channels, seed + offset);
  return { mean: list(1), variance: list(2), gamma: list(3), beta: list(4) };
}

function normNode({ mean, variance, gamma, beta }: Statistics, epsilon: number): ModuleNode {
  const tensor = (values: readonly number[]) => inMemoryTensor([values.length], Float32Array.from(values));
  return moduleNode('torch.nn.modules.batchnorm.BatchNorm2d', {
    attributes: { eps: epsilon },
    parameters: { weight: tensor(gamma), bias: tensor(beta) },
    buffers: { running_mean: tensor(mean), running_var: tensor(variance) },
  });
}

/** Numbers between 0 and 1, the same on every run. */
function noise(count: number, seed: number): readonly number[] {
  const random = seededRandom(seed);
  return [...Float32Array.from({ length: count }, () => random())];
}
