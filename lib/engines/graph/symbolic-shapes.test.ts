import { describe, expect, it } from 'vitest';
import { concat, expand, reshape, slice } from '@/lib/engines/graph/arrangement';
import { constant, floats, int64List } from '@/lib/engines/graph/constants';
import { conv } from '@/lib/engines/graph/conv';
import { type Extent, extentText, multiplyExtents, symbolicExtent } from '@/lib/engines/graph/extent';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { maxPool } from '@/lib/engines/graph/pooling';
import { resizeBy, resizeLike } from '@/lib/engines/graph/resize';
import { axisLength, rangeOfAxis } from '@/lib/engines/graph/runtime-shape';
import { nonMaxSuppression, nonZero, topK } from '@/lib/engines/graph/selection';
import { float32, runGraph } from '@/lib/engines/graph/test-support/run-graph';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';

const [batch, rows, columns] = [symbolicExtent('batch'), symbolicExtent('rows/4', 4), symbolicExtent('columns/4', 4)];

function withImages(): { readonly g: GraphBuilder; readonly x: Value } {
  const g = new GraphBuilder();
  return { g, x: g.input('x', { elementType: 'float32', shape: [batch, 2, rows, columns] }) };
}

/** Images of this size, filled with 0, 1, 2, … */
function images(...dims: readonly [number, number, number, number]) {
  return {
    x: float32(
      dims,
      Array.from({ length: dims[0] * dims[1] * dims[2] * dims[3] }, (_, index) => index),
    ),
  };
}

/** The shape with numbers for its names. */
function known(shape: readonly Extent[], sizes: Readonly<Record<string, number>>): readonly number[] {
  return shape.map((extent) => {
    if (typeof extent === 'number') return extent;
    return [...extent.terms].reduce((sum, [product, coefficient]) => {
      const names = product === '' ? [] : product.split('·');
      return sum + names.reduce((term, name) => term * (sizes[name] ?? Number.NaN), coefficient);
    }, 0);
  });
}

describe('symbolic shapes', () => {
  it.each([
    [1, 4, 8],
    [3, 12, 4],
  ])('hold at run time, with a batch of %i images of %i × %i', async (count, height, width) => {
    const { g, x } = withImages();
    const kernel = floats(g, [2, 2, 3, 3], new Float32Array(36).fill(1));
    const half = conv(g, x, kernel, null, { stride: [2, 2], padding: [1, 1] });
    const quarter = maxPool(g, half, { kernel: [2, 2], stride: [2, 2] });
    const cells = multiplyExtents(...quarter.shape.slice(2));
    const flat = reshape(g, half, [batch, 2, multiplyExtents(4, cells)]);
    const outputs = {
      half,
      quarter,
      flat,
      joined: concat(g, [resizeBy(g, quarter, [2, 2], 'nearest'), half], 1),
      like: resizeLike(g, quarter, x, 'nearest'),
      // Two lengths of the target are asked of other values at run time.
      unfolded: reshape(g, flat, half.shape, [half]),
      swapped: reshape(g, flat, [batch, ...half.shape.slice(2), 2], [half]),
      spread: expand(g, floats(g, [1, 1], [7]), [batch, columns], [x]),
      tail: slice(g, x, { axis: 3, start: 1 }),
      positions: rangeOfAxis(g, half, -2),
      length: axisLength(g, x, 2),
    };
    const answers = await runGraph(g, outputs, images(count, 2, height, width));
    const sizes = { batch: count, 'rows/4': height / 4, 'columns/4': width / 4 };
    for (const [name, value] of Object.entries(outputs)) {
      expect(answers[name]?.dims, name).toEqual(known(value.shape, sizes));
    }
    expect(Array.from(answers.length?.data ?? [], Number)).toEqual([height]);
    expect(Array.from(answers.positions?.data ?? [], Number)).toEqual([...Array(height / 2).keys()]);
    expect(answers.unfolded?.data).toEqual(answers.half?.data);
  });

  it('say so where a length is nowhere to be found', () => {
    const { g, x } = withImages();
    const one = floats(g, [1, 1], [1]);
    expect(() => expand(g, one, [batch, columns], [])).toThrow('no value at hand has an axis of batch');
    expect(() => reshape(g, x, [batch, 2, rows, rows])).toThrow('has other elements than');
    expect(() => slice(g, x, { axis: 2, start: 0, step: 2 })).toThrow('every 2. element of a symbolic axis');
    expect(() => concat(g, [x, conv(g, x, floats(g, [2, 2, 2, 1], new Float32Array(8)), null)], 1)).toThrow(
      'do not join',
    );
  });

  it('give what depends on the data a length of its own', async () => {
    const { g, x } = withImages();
    const indices = nonZero(g, x);
    const others = nonZero(g, x);
    expect(extentText(indices.shape[1] ?? 0)).not.toBe(extentText(others.shape[1] ?? 0));
    const count = { value: int64List(g, [2]), extent: symbolicExtent('kept') };
    const { values } = topK(g, x, count, 2);
    const answers = await runGraph(g, { indices, values }, images(1, 2, 4, 4));
    expect(answers.indices?.dims).toEqual([4, 31]);
    expect(answers.values?.dims).toEqual([1, 2, 2, 4]);
  });

  it('keep the better of two boxes that overlap', async () => {
    const g = new GraphBuilder({ floatType: 'float16' });
    const boxes = constant(g, 'float16', [1, 3, 4], [0, 0, 10, 10, 1, 0, 11, 10, 20, 20, 30, 30]);
    const scores = constant(g, 'float16', [1, 1, 3], [0.5, 0.75, 0.25]);
    const best = { maxPerClass: 10, iou: 0.5, boxes: 'corners' } as const;
    const kept = nonMaxSuppression(g, boxes, scores, best);
    const above = nonMaxSuppression(g, boxes, scores, { ...best, score: 0.5 });
    const outputs = { kept: cast(g, kept, 'int32'), above: cast(g, above, 'int32') };
    const answers = await runGraph(g, outputs);
    expect(Array.from(answers.kept?.data ?? [], Number)).toEqual([0, 0, 1, 0, 0, 2]);
    expect(Array.from(answers.above?.data ?? [], Number)).toEqual([0, 0, 1]);
  });
});
