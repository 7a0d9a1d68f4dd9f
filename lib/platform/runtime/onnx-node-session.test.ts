import { describe, expect, it } from 'vitest';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import type { ModelFacts, TensorFacts } from '@/lib/engines/model-files/model-facts';
import { type OnnxNode, writeOnnx } from '@/lib/engines/model-files/onnx-writer';
import { readOnnxFacts } from '@/lib/engines/model-files/read-onnx-facts';
import type { VisionSession } from '@/lib/engines/vision/session';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

const input: TensorFacts = { name: 'x', elementType: 'float32', shape: [1, 'n'] };

function model(nodes: readonly OnnxNode[], outputs: readonly TensorFacts[], inputs = [input]): Uint8Array {
  return writeOnnx({
    irVersion: 8,
    opsets: { '': 17, 'com.example': 1 },
    producer: { name: 'test', version: '1' },
    graph: { name: 'g', nodes, initializers: [], inputs, outputs },
  });
}

async function open(bytes: Uint8Array, threads?: number): Promise<VisionSession> {
  const facts: ModelFacts = await readOnnxFacts(bytesSource(bytes));
  return nodeSessionFactory({ threads })(bytes, facts);
}

const doubling = model(
  [{ opType: 'Add', inputs: ['x', 'x'], outputs: ['y'] }],
  [{ name: 'y', elementType: 'float32', shape: [1, 'n'] }],
);

describe('nodeSessionFactory', () => {
  it('runs a model and says where', async () => {
    const session = await open(doubling, 1);
    expect(session).toMatchObject({ backend: 'cpu', threads: 1 });
    const { y } = await session.run({ x: { type: 'float32', data: Float32Array.of(1, 2, 3), dims: [1, 3] } });
    expect(y).toEqual({ type: 'float32', data: Float32Array.of(2, 4, 6), dims: [1, 3] });
    await session.dispose();
  });

  it('keeps the answers of a run when the next one comes and when the session goes', async () => {
    const session = await open(doubling);
    const first = await session.run({ x: { type: 'float32', data: Float32Array.of(1), dims: [1, 1] } });
    await session.run({ x: { type: 'float32', data: Float32Array.of(50), dims: [1, 1] } });
    await session.dispose();
    expect(first.y?.data).toEqual(Float32Array.of(2));
  });

  it('carries halves as bits in both directions', async () => {
    const halves: TensorFacts = { name: 'x', elementType: 'float16', shape: [1, 'n'] };
    const session = await open(
      model([{ opType: 'Neg', inputs: ['x'], outputs: ['y'] }], [{ ...halves, name: 'y' }], [halves]),
    );
    const { y } = await session.run({ x: { type: 'float16', data: Uint16Array.of(0x3c00, 0x7bff), dims: [1, 2] } });
    expect(y).toEqual({ type: 'float16', data: Uint16Array.of(0xbc00, 0xfbff), dims: [1, 2] });
    await session.dispose();
  });

  it('gives integer outputs in their own types', async () => {
    const to = (code: number) => ({ to: { kind: 'int', value: code } }) as const;
    const session = await open(
      model(
        [
          { opType: 'Cast', inputs: ['x'], outputs: ['bytes'], attributes: to(2) },
          { opType: 'Cast', inputs: ['x'], outputs: ['longs'], attributes: to(7) },
        ],
        [
          { name: 'bytes', elementType: 'uint8', shape: [1, 'n'] },
          { name: 'longs', elementType: 'int64', shape: [1, 'n'] },
        ],
      ),
    );
    const outputs = await session.run({ x: { type: 'float32', data: Float32Array.of(7), dims: [1, 1] } });
    expect(outputs.bytes).toEqual({ type: 'uint8', data: Uint8Array.of(7), dims: [1, 1] });
    expect(outputs.longs).toEqual({ type: 'int64', data: BigInt64Array.of(7n), dims: [1, 1] });
    await session.dispose();
  });

  it.each(['', 'com.example'])('names an operator that the runtime does not know (domain “%s”)', async (domain) => {
    const bytes = model(
      [{ opType: 'Frobnicate', domain, inputs: ['x'], outputs: ['y'] }],
      [{ name: 'y', elementType: 'float32', shape: [1, 'n'] }],
    );
    const opening = open(bytes);
    await expect(opening).rejects.toMatchObject({ name: 'Fault', code: 'model-unknown-operator' });
    await expect(opening).rejects.toThrow(/Frobnicate/);
  });

  it('refuses a truncated model', async () => {
    const facts = await readOnnxFacts(bytesSource(doubling));
    await expect(nodeSessionFactory()(doubling.subarray(0, doubling.length - 9), facts)).rejects.toMatchObject({
      code: 'model-truncated',
    });
  });

  it('tells a failed run in one sentence', async () => {
    const session = await open(doubling);
    await expect(
      session.run({ x: { type: 'float32', data: new Float32Array(6), dims: [2, 3] } }),
    ).rejects.toMatchObject({ code: 'runtime-failed', found: expect.stringContaining('invalid dimensions') });
    await session.dispose();
  });
});
