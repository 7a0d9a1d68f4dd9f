import { describe, expect, it } from 'vitest';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import type { TensorFacts } from '@/lib/engines/model-files/model-facts';
import {
  float32Tensor,
  int64Tensor,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
  writeOnnx,
} from '@/lib/engines/model-files/onnx-writer';
import { readOnnxFacts } from '@/lib/engines/model-files/read-onnx-facts';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

const x: TensorFacts = { name: 'x', elementType: 'float32', shape: ['n', 3] };
const y: TensorFacts = { ...x, name: 'y' };

function write(graph: Omit<OnnxGraph, 'name'>): Uint8Array {
  const producer = { name: 'test', version: '1' };
  const metadata = { names: "{0: 'straße', 1: \"it's\"}", empty: '' };
  return writeOnnx({ irVersion: 8, opsets: { '': 17 }, producer, graph: { name: 'g', ...graph }, metadata });
}

/** A branch of an `If` that gives back a constant row. */
function branch(name: string, values: readonly number[]): OnnxGraph {
  const node: OnnxNode = {
    opType: 'Constant',
    inputs: [],
    outputs: [name],
    attributes: { value: { kind: 'tensor', value: float32Tensor('', [1, 3], values) } },
  };
  const outputs: readonly TensorFacts[] = [{ name, elementType: 'float32', shape: [1, 3] }];
  return { name, nodes: [node], initializers: [], inputs: [], outputs };
}

describe('writeOnnx', () => {
  it('writes every kind of attribute so that the runtime computes with it', async () => {
    const bytes = write({
      inputs: [x],
      outputs: [y],
      initializers: [float32Tensor('limit', [], [0]), int64Tensor('pads', [4], [0, 1, 0, 0])],
      nodes: [
        {
          opType: 'LeakyRelu',
          inputs: ['x'],
          outputs: ['leaky'],
          attributes: { alpha: { kind: 'float', value: 0.25 } },
        },
        {
          opType: 'Constant',
          inputs: [],
          outputs: ['row'],
          attributes: { value_floats: { kind: 'floats', values: [1, 2, 3] } },
        },
        {
          opType: 'Constant',
          inputs: [],
          outputs: ['words'],
          attributes: { value_strings: { kind: 'strings', values: ['a', 'b'] } },
        },
        { opType: 'Add', inputs: ['leaky', 'row'], outputs: ['sum'] },
        {
          opType: 'ReduceMax',
          inputs: ['x'],
          outputs: ['most'],
          attributes: { axes: { kind: 'ints', values: [-2, -1] }, keepdims: { kind: 'int', value: 0 } },
        },
        { opType: 'Greater', inputs: ['most', 'limit'], outputs: ['isPositive'] },
        {
          opType: 'If',
          inputs: ['isPositive'],
          outputs: ['chosen'],
          attributes: {
            then_branch: { kind: 'graph', value: branch('then', [10, 20, 30]) },
            else_branch: { kind: 'graph', value: branch('else', [0, 0, 0]) },
          },
        },
        { opType: 'Add', inputs: ['sum', 'chosen'], outputs: ['total'] },
        {
          opType: 'Pad',
          inputs: ['total', 'pads', 'limit'],
          outputs: ['padded'],
          attributes: { mode: { kind: 'string', value: 'constant' } },
        },
        {
          opType: 'Split',
          inputs: ['padded'],
          outputs: ['first', 'second'],
          attributes: { axis: { kind: 'int', value: 1 } },
        },
        {
          opType: 'Concat',
          inputs: ['second', 'first'],
          outputs: ['y'],
          attributes: { axis: { kind: 'int', value: 1 } },
        },
      ],
    });
    const facts = await readOnnxFacts(bytesSource(bytes));
    const session = await nodeSessionFactory({ threads: 1 })(bytes, facts);
    const answer = await session.run({ x: { type: 'float32', data: Float32Array.of(-4, 4, 8), dims: [1, 3] } });
    await session.dispose();
    // leaky [-1, 4, 8] + row + [10, 20, 30], padded by a zero in front, its halves swapped.
    expect(Array.from(answer.y?.data ?? [], Number)).toEqual([26, 41, 0, 10]);
  });

  it('writes metadata, names and large tensors as they were given', async () => {
    const weights = Float32Array.from({ length: 100_000 }, (_, index) => index);
    const graph = { inputs: [x], outputs: [y], nodes: [], initializers: [float32Tensor('w', [100, 1000], weights)] };
    const facts = await readOnnxFacts(bytesSource(write(graph)));
    expect(facts).toMatchObject({ inputs: [x], outputs: [y], parameterCount: 100_000, opset: 17, irVersion: 8 });
    expect(facts.rawMetadata).toEqual({ names: "{0: 'straße', 1: \"it's\"}", empty: '' });
    expect([...(facts.metadata?.names ?? [])]).toEqual([
      [0, 'straße'],
      [1, "it's"],
    ]);
  });

  it('leaves room in the file for tensors whose bytes come last', async () => {
    const rooms: Uint8Array[] = [];
    const late: OnnxTensor = {
      name: 'late',
      elementType: 'float32',
      dims: [1, 3],
      data: { kind: 'reserved', placed: (room) => rooms.push(room) },
    };
    const nodes = [{ opType: 'Add', inputs: ['x', 'late'], outputs: ['y'] }];
    const bytes = write({ inputs: [x], outputs: [y], nodes, initializers: [late] });
    for (const room of rooms) room.set(new Uint8Array(Float32Array.of(1, 2, 3).buffer));
    const session = await nodeSessionFactory({ threads: 1 })(bytes, await readOnnxFacts(bytesSource(bytes)));
    const answer = await session.run({ x: { type: 'float32', data: Float32Array.of(10, 20, 30), dims: [1, 3] } });
    await session.dispose();
    expect(rooms).toHaveLength(1);
    expect(Array.from(answer.y?.data ?? [], Number)).toEqual([11, 22, 33]);
  });

  it('refuses a tensor whose bytes do not fill its dims', () => {
    const graph = { inputs: [], outputs: [], nodes: [], initializers: [float32Tensor('w', [2, 2], [1, 2, 3])] };
    expect(() => write(graph)).toThrow('tensor w needs 16 bytes, got 12');
  });
});
