import { describe, expect, it } from 'vitest';
import { tasks } from '@/lib/core/task';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { type GraphCost, graphCost } from '@/lib/engines/model-files/graph-cost';
import type { Dimension } from '@/lib/engines/model-files/model-facts';
import { readModelInput } from '@/lib/engines/model-files/model-input';
import type { OnnxNode } from '@/lib/engines/model-files/onnx-writer';
import { readOnnxFacts } from '@/lib/engines/model-files/read-onnx-facts';
import { TinyGraph } from '@/lib/engines/model-files/test-support/tiny-graph';
import { tinyModel, write } from '@/lib/engines/model-files/test-support/tiny-models';

async function costOf(bytes: Uint8Array): Promise<GraphCost> {
  const source = bytesSource(bytes);
  return graphCost(source, readModelInput(await readOnnxFacts(source)));
}

/** A model of the graph's nodes over `images`, 32 × 32 pixels unless said otherwise. */
function model(
  graph: TinyGraph,
  shape: readonly Dimension[] = [1, 3, 32, 32],
  nodes: readonly OnnxNode[] = graph.nodes,
) {
  return write({
    graph: {
      name: 'counted',
      nodes,
      initializers: graph.initializers,
      inputs: [{ name: 'images', elementType: 'float32', shape }],
      outputs: [{ name: nodes.at(-1)?.outputs[0] ?? '', elementType: 'float32', shape: ['n'] }],
    },
    metadata: { imgsz: '[32, 32]' },
  });
}

function zeros(graph: TinyGraph, ...dims: number[]): string {
  return graph.floats(dims, new Array(dims.reduce((product, length) => product * length, 1)).fill(0));
}

/** Convolution of 3 to 8 channels, kernel 3, stride 2, with a bias: 16 × 16 × 8 × 27 = 55 296 multiplications. */
function downward(graph: TinyGraph, input = 'images'): string {
  const attributes = { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] };
  return graph.op('Conv', [input, zeros(graph, 8, 3, 3, 3), zeros(graph, 8)], attributes);
}

describe('graphCost', () => {
  it('counts convolutions, grouped and transposed ones, and products by hand', async () => {
    const graph = new TinyGraph();
    const first = downward(graph);
    const perChannel = graph.op('Conv', [first, zeros(graph, 8, 1, 3, 3)], { group: 8, pads: [1, 1, 1, 1] });
    const wide = graph.op('ConvTranspose', [perChannel, zeros(graph, 8, 4, 2, 2)], { strides: [2, 2] });
    const pooled = graph.op('Flatten', [graph.op('GlobalAveragePool', [wide])]);
    graph.op('Gemm', [pooled, zeros(graph, 10, 4), zeros(graph, 10)], { transB: 1 });
    expect(await costOf(model(graph))).toEqual({
      multiplyAdds: 16 * 16 * 8 * 27 + 16 * 16 * 8 * 9 + 16 * 16 * 8 * (4 * 4) + 10 * 4,
      weightCount: 8 * 27 + 8 + 8 * 9 + 8 * 4 * 4 + 40 + 10,
    });
  });

  it('follows shapes through an attention block', async () => {
    const graph = new TinyGraph();
    const tokens = graph.op('Transpose', [graph.reshape(downward(graph), [0, 8, -1])], { perm: [0, 2, 1] });
    const [query = '', key = ''] = [1, 2].map(() => graph.op('MatMul', [tokens, zeros(graph, 8, 8)]));
    const scores = graph.op('Softmax', [
      graph.op('MatMul', [query, graph.op('Transpose', [key], { perm: [0, 2, 1] })]),
    ]);
    const mixed = graph.op('MatMul', [scores, tokens]);
    graph.op('Add', [graph.op('MatMul', [mixed, zeros(graph, 8, 5)]), zeros(graph, 5)]);
    expect(await costOf(model(graph))).toEqual({
      multiplyAdds: 55_296 + 2 * (256 * 8 * 8) + 2 * (256 * 256 * 8) + 256 * 5 * 8,
      weightCount: 224 + 2 * 64 + 40 + 5,
    });
  });

  it('counts one image of a fixed batch, and the export’s own size of a dynamic input', async () => {
    const graph = new TinyGraph();
    downward(graph);
    for (const shape of [
      [4, 3, 32, 32],
      ['batch', 3, 'height', 'width'],
    ]) {
      expect(await costOf(model(graph, shape))).toEqual({ multiplyAdds: 55_296, weightCount: 224 });
    }
  });

  it('follows sizes that the graph computes itself', async () => {
    const graph = new TinyGraph();
    const first = downward(graph);
    const sides = graph.op('Slice', [graph.op('Shape', [first]), graph.integers([1], [2]), graph.integers([1], [4])]);
    const doubled = graph.op('Mul', [sides, graph.integers([1], [2])]);
    const sizes = graph.concat([graph.integers([2], [1, 8]), doubled], 0);
    const larger = graph.op('Resize', [first, '', '', sizes]);
    graph.op('Conv', [larger, zeros(graph, 1, 8, 1, 1)]);
    expect((await costOf(model(graph))).multiplyAdds).toBe(55_296 + 32 * 32 * 8);
  });

  it('does not need the nodes in order', async () => {
    const graph = new TinyGraph();
    downward(graph, graph.op('Cast', ['images'], { to: 1 }));
    expect((await costOf(model(graph, undefined, [...graph.nodes].reverse()))).multiplyAdds).toBe(55_296);
  });

  it.each(['NonZero', 'Frobnicate'])(
    'says nothing where a convolution follows %s, but counts the weights',
    async (operator) => {
      const graph = new TinyGraph();
      downward(graph, graph.op(operator, ['images']));
      expect(await costOf(model(graph))).toEqual({ multiplyAdds: null, weightCount: 224 });
    },
  );

  it('does not mind unknown operators behind the last convolution', async () => {
    const graph = new TinyGraph();
    graph.op('NonMaxSuppression', [downward(graph)]);
    expect((await costOf(model(graph))).multiplyAdds).toBe(55_296);
  });

  it('says nothing of a graph that goes in a circle', async () => {
    const graph = new TinyGraph();
    downward(graph, 'later');
    graph.op('Relu', [graph.nodes[0]?.outputs[0] ?? ''], {}, 'later');
    expect((await costOf(model(graph))).multiplyAdds).toBeNull();
  });

  it.each(tasks)('tells the same for a static and a dynamic model (%s)', async (task) => {
    const fixed = await costOf(tinyModel({ task }));
    expect(fixed.multiplyAdds).toBeGreaterThan(0);
    expect(await costOf(tinyModel({ task, dynamic: true }))).toEqual(fixed);
    expect(await costOf(tinyModel({ task, elementType: 'float16' }))).toEqual(fixed);
  });
});
