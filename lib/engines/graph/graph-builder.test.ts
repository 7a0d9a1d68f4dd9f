import { describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { silu } from '@/lib/engines/graph/activations';
import { concat } from '@/lib/engines/graph/arrangement';
import { int } from '@/lib/engines/graph/attributes';
import { constant, floats, scalar } from '@/lib/engines/graph/constants';
import { conv } from '@/lib/engines/graph/conv';
import { add, mul } from '@/lib/engines/graph/elementwise';
import { symbolicExtent } from '@/lib/engines/graph/extent';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { matmul } from '@/lib/engines/graph/matmul';
import { maxPool } from '@/lib/engines/graph/pooling';
import { ShapeError } from '@/lib/engines/graph/shape-error';
import { tensorBytes } from '@/lib/engines/graph/tensor-bytes';
import { float32, runGraph } from '@/lib/engines/graph/test-support/run-graph';
import { cast, identity } from '@/lib/engines/graph/unary';

const row = { elementType: 'float32', shape: [1, 3] } as const;

describe('GraphBuilder', () => {
  it('names nodes by their scope, and again with a number', () => {
    const g = new GraphBuilder();
    const x = g.input('x', row);
    const inner = g.within('model.0').within('conv');
    add(inner, add(inner, x, 1), x);
    const { nodes } = g.finish();
    expect(nodes.map((node) => node.name)).toEqual(['/model.0/conv/Add', '/model.0/conv/Add_1']);
    expect(nodes[1]?.inputs).toEqual(['/model.0/conv/Add_output_0', 'x']);
  });

  it('stores equal small constants once, and tells apart what differs in type or shape', () => {
    const g = new GraphBuilder();
    const first = floats(g, [2], [1, 2]);
    expect(floats(g.within('elsewhere'), [2], [1, 2])).toBe(first);
    expect(floats(g, [1, 2], [1, 2])).not.toBe(first);
    expect(constant(g, 'float64', [2], [1, 2])).not.toBe(first);
    expect(scalar(g, 'int64', 0)).not.toBe(scalar(g, 'float64', 0));
    expect(g.finish().initializers).toHaveLength(5);
  });

  it('takes the bytes of a weight after the graph is built, without copying them', () => {
    const g = new GraphBuilder();
    const weight = g.weight('w', 'float32', [2]);
    expect(() => g.finish()).toThrow('the bytes of w are known');
    const values = Float32Array.of(1, 2);
    g.setBytes(weight, tensorBytes('float32', values));
    const [tensor] = g.finish().initializers;
    expect(tensor?.data.kind === 'raw' ? tensor.data.bytes.buffer : null).toBe(values.buffer);
  });

  it('gives outputs their own names, also to a value that is output twice, an input or a constant', async () => {
    const g = new GraphBuilder();
    const x = g.input('x', row);
    const doubled = mul(g, x, 2);
    const outputs = { doubled, again: doubled, same: x, fixed: floats(g, [1], [5]), sum: add(g, doubled, x) };
    const answers = await runGraph(g, outputs, { x: float32([1, 3], [1, 2, 3]) });
    const numbers = Object.entries(answers).map(([name, { data }]) => [name, Array.from(data, Number)]);
    expect(Object.fromEntries(numbers)).toEqual({
      doubled: [2, 4, 6],
      again: [2, 4, 6],
      same: [1, 2, 3],
      fixed: [5],
      sum: [3, 6, 9],
    });
  });

  it('writes symbolic axes by the names they are given, else by their expression', () => {
    const g = new GraphBuilder();
    const height = symbolicExtent('height/32', 32);
    const x = g.input('x', { elementType: 'float32', shape: [symbolicExtent('batch'), 3, height] }, [
      'n',
      null,
      'height',
    ]);
    g.output('y', identity(g, x), [null, null, null]);
    const { inputs, outputs } = g.finish();
    expect(inputs[0]?.shape).toEqual(['n', 3, 'height']);
    expect(outputs[0]?.shape).toEqual(['batch', 3, '32*(height/32)']);
  });

  it('computes in halves when asked to', async () => {
    const g = new GraphBuilder({ floatType: 'float16' });
    const x = cast(g, g.input('x', row), g.floatType);
    const scaled = mul(g, x, floats(g, [3], [0.1, 1e9, -1e9]));
    const { y } = await runGraph(g, { y: cast(g, scaled, 'float32') }, { x: float32([1, 3], [1, 1, 1]) });
    // The nearest half of a tenth; and the largest half instead of infinity.
    expect(Array.from(y?.data ?? [], Number)).toEqual([0.0999755859375, 65504, -65504]);
  });

  it('refuses operands that do not fit, naming operator and scope', () => {
    const g = new GraphBuilder().within('head');
    const x = floats(g, [1, 2, 4, 4], new Float32Array(32));
    const kernel = floats(g, [5, 3, 1, 1], new Float32Array(15));
    const refusals: readonly (readonly [() => unknown, string])[] = [
      [() => conv(g, x, kernel, null), '/head: Conv: [1, 2, 4, 4] by [5, 3, 1, 1] in 1 groups'],
      [() => add(g, x, kernel), '/head: Add: shapes [1, 2, 4, 4] and [5, 3, 1, 1] do not broadcast'],
      [() => add(g, x, scalar(g, 'int64', 1)), '/head: Add: operands are float32 and int64'],
      [() => matmul(g, x, floats(g, [3, 1], [1, 2, 3])), '/head: MatMul: [1, 2, 4, 4] by [3, 1]'],
      [() => concat(g, [x, kernel], 1), 'do not join on axis 1'],
      [() => concat(g, [x], 4), '/head: Concat: a value of rank 4 has no axis 4'],
    ];
    for (const [build, message] of refusals) {
      expect(build).toThrow(ShapeError);
      expect(build).toThrow(message);
    }
  });

  it('gives its nodes back, the outermost composites in the place of theirs', () => {
    const g = new GraphBuilder();
    const x = g.input('x', row);
    const [y] = g.composite('Outer', [x], () => g.composite('Inner', [x], () => [mul(g, silu(g, x), 2)]));
    expect(y).toBeDefined();
    add(g.within('after'), silu(g, x), x);
    const operations = g.operations();
    expect(operations.map((operation) => operation.operator)).toEqual(['Outer', 'Silu', 'Add']);
    expect(operations[0]?.outputs).toEqual([y]);
    expect(operations[2]).toMatchObject({ name: '/after/Add', inputs: [operations[1]?.outputs[0], x] });
    expect(g.finish().nodes.map((node) => node.opType)).toEqual(['Sigmoid', 'Mul', 'Mul', 'Sigmoid', 'Mul', 'Add']);
  });

  it('lets a node give an output more', async () => {
    const g = new GraphBuilder();
    const x = g.input('x', { elementType: 'float32', shape: [1, 1, 2, 2] });
    maxPool(g, x, { kernel: [2, 2] });
    const [pool] = g.operations();
    const places = g.addOutput(present(pool, 'the pool'), { elementType: 'int64', shape: [1, 1, 1, 1] });
    const { at } = await runGraph(g, { at: places }, { x: float32([1, 1, 2, 2], [1, 2, 4, 3]) });
    expect(at?.data).toEqual(BigInt64Array.of(2n));
  });

  it('names the operator sets of its nodes', () => {
    const g = new GraphBuilder({ opset: 18 });
    const x = g.input('x', row);
    expect(g.operatorSets()).toEqual({ '': 18 });
    g.node('FusedMatMul', [x, x], { elementType: 'float32', shape: [1, 1] }, { transB: int(1) }, 'com.microsoft');
    expect(g.operatorSets()).toEqual({ '': 18, 'com.microsoft': 1 });
    expect(g.finish().nodes[0]?.domain).toBe('com.microsoft');
  });

  it('gives the bytes of constants, and none of other values', () => {
    const g = new GraphBuilder();
    expect(g.constantBytes(floats(g, [1], [1]))).toEqual(Uint8Array.of(0, 0, 0x80, 0x3f));
    expect(g.constantBytes(g.input('x', row))).toBeNull();
    expect(g.constantBytes(g.weight('later', 'float32', [1]))).toBeNull();
  });

  it('knows which operator sets it writes', () => {
    expect(() => new GraphBuilder({ opset: 11 })).toThrow('opset 11 is supported');
    expect(() => new GraphBuilder({ opset: 99 })).toThrow('opset 99 is supported');
  });
});
