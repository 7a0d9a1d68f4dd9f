import { describe, expect, it } from 'vitest';
import { type GraphValue, listOf, shapedValue } from '@/lib/engines/model-files/graph-value';
import type { AttributeValue } from '@/lib/engines/model-files/read-graph-nodes';
import { outputValues } from '@/lib/engines/model-files/shape-rules';

/** What the first output of a node is, given what its inputs are. */
function outcome(
  operator: string,
  inputs: readonly (GraphValue | null)[],
  attributes: Readonly<Record<string, AttributeValue>> = {},
  outputCount = 1,
) {
  const names = inputs.map((input, index) => (input === null ? '' : `input${index}`));
  const outputs = Array.from({ length: outputCount }, (_, index) => `output${index}`);
  const node = { operator, inputs: names, outputs, attributes: new Map(Object.entries(attributes)) };
  return outputValues(node, inputs);
}

function shapes(...parameters: Parameters<typeof outcome>) {
  return outcome(...parameters)?.map((value) => value?.shape) ?? null;
}

const image = shapedValue([1, 3, 20, 30]);

describe('outputValues', () => {
  it.each<[string, readonly (GraphValue | null)[], Record<string, AttributeValue>, readonly number[]]>([
    [
      'Conv',
      [image, shapedValue([8, 3, 3, 3])],
      { strides: [2, 2], dilations: [2, 2], pads: [1, 1, 1, 1] },
      [1, 8, 9, 14],
    ],
    ['Conv', [image, shapedValue([8, 3, 3, 3])], { strides: [2, 2], auto_pad: 'SAME_UPPER' }, [1, 8, 10, 15]],
    ['MaxPool', [image], { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }, [1, 3, 10, 15]],
    ['ConvTranspose', [image, shapedValue([3, 4, 2, 2])], { strides: [2, 2], group: 1 }, [1, 4, 40, 60]],
    ['Reshape', [image, listOf([0, -1, 10])], {}, [1, 180, 10]],
    ['Transpose', [image], { perm: [0, 2, 3, 1] }, [1, 20, 30, 3]],
    ['Concat', [image, shapedValue([1, 5, 20, 30])], { axis: -3 }, [1, 8, 20, 30]],
    ['Slice', [image, listOf([-10]), listOf([2 ** 53]), listOf([3])], {}, [1, 3, 20, 10]],
    ['Slice', [image, listOf([19]), listOf([-(2 ** 53)]), listOf([2]), listOf([-1])], {}, [1, 3, 20, 30]],
    ['Slice', [image, listOf([0]), listOf([20]), listOf([2]), listOf([3])], {}, [1, 3, 7, 30]],
    ['Gather', [image, shapedValue([])], { axis: 1 }, [1, 20, 30]],
    ['Unsqueeze', [image, listOf([0, -1])], {}, [1, 1, 3, 20, 30, 1]],
    ['Squeeze', [image], {}, [3, 20, 30]],
    ['Expand', [shapedValue([3, 1]), listOf([2, 1, 4])], {}, [2, 3, 4]],
    ['Tile', [shapedValue([3, 1]), listOf([2, 4])], {}, [6, 4]],
    ['Pad', [image, listOf([0, 0, 1, 2, 0, 0, 3, 4])], {}, [1, 3, 24, 36]],
    ['Resize', [image, null, shapedValue([4], [1, 1, 2, 1.5])], {}, [1, 3, 40, 45]],
    ['DepthToSpace', [shapedValue([1, 12, 5, 5])], { blocksize: 2 }, [1, 3, 10, 10]],
    ['ReduceMean', [image], { axes: [2, 3], keepdims: 0 }, [1, 3]],
    ['ReduceMax', [image, listOf([1])], {}, [1, 1, 20, 30]],
    ['ArgMax', [image], { axis: 1, keepdims: 0 }, [1, 20, 30]],
    ['MatMul', [shapedValue([2, 1, 5, 4]), shapedValue([3, 4, 6])], {}, [2, 3, 5, 6]],
    ['Range', [shapedValue([], [0]), shapedValue([], [10]), shapedValue([], [3])], {}, [4]],
    ['Add', [image, shapedValue([3, 1, 1])], {}, [1, 3, 20, 30]],
  ])('%s follows the specification', (operator, inputs, attributes, expected) => {
    expect(shapes(operator, inputs, attributes)).toEqual([expected]);
  });

  it('gives every output of a split and of a selection', () => {
    expect(shapes('Split', [image, listOf([1, 2])], { axis: 1 }, 2)).toEqual([
      [1, 1, 20, 30],
      [1, 2, 20, 30],
    ]);
    expect(shapes('Split', [image], { axis: 2 }, 3)).toEqual([
      [1, 3, 7, 30],
      [1, 3, 7, 30],
      [1, 3, 6, 30],
    ]);
    expect(shapes('TopK', [shapedValue([1, 8400]), listOf([300])], {}, 2)).toEqual([
      [1, 300],
      [1, 300],
    ]);
  });

  it('computes with numbers that are sizes', () => {
    expect(outcome('Shape', [image])?.[0]).toEqual({ shape: [4], values: [1, 3, 20, 30] });
    expect(outcome('Gather', [listOf([1, 3, 20, 30]), listOf([-1, 2])])?.[0]?.values).toEqual([30, 20]);
    expect(outcome('Slice', [listOf([1, 3, 20, 30]), listOf([2]), listOf([4])])?.[0]?.values).toEqual([20, 30]);
    expect(outcome('Div', [listOf([20, 31]), shapedValue([], [2])])?.[0]?.values).toEqual([10, 15]);
    expect(outcome('Where', [listOf([1, 0]), listOf([7, 7]), listOf([8, 9])])?.[0]?.values).toEqual([7, 9]);
    expect(outcome('Concat', [listOf([1]), listOf([-1, 4])], { axis: 0 })?.[0]?.values).toEqual([1, -1, 4]);
  });

  it('says nothing where inputs are unknown, contradict each other, or lead to impossible sizes', () => {
    expect(outcome('Relu', [null])).toBeNull();
    expect(outcome('Reshape', [image, shapedValue([3])])).toBeNull();
    expect(outcome('Reshape', [image, listOf([7, -1])])).toBeNull();
    expect(outcome('Add', [image, shapedValue([4, 1, 1])])).toBeNull();
    expect(outcome('MatMul', [shapedValue([2, 3]), shapedValue([4, 5])])).toBeNull();
    expect(outcome('ConstantOfShape', [listOf([2 ** 50])])).toBeNull();
    expect(outcome('Frobnicate', [image])).toBeNull();
  });
});
