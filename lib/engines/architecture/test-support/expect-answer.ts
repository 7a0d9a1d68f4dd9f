import { expect } from 'vitest';
import type { OracleOutput } from '@/lib/engines/architecture/test-support/oracle/evaluate-head';
import type { HostTensor } from '@/lib/engines/vision/session';

/** Of the largest value of a channel: single precision through two dozen layers. */
const singlePrecision = 1e-4;

/** Expects a batch of answers to be those that an oracle gave image by image. */
export function expectAnswer(found: readonly HostTensor[], images: readonly (readonly OracleOutput[])[]): void {
  expect(found).toHaveLength(images[0].length);
  for (const [index, tensor] of found.entries()) {
    const outputs = images.map((outputsOfImage) => outputsOfImage[index]);
    expect(tensor.dims).toEqual([images.length, ...outputs[0].dims]);
    const expected = Float64Array.from(outputs.flatMap(({ data }) => [...data]));
    expectClose(`output${index}`, tensor, expected, singlePrecision);
  }
}

/** Expects one network's answers to be another's. */
export function expectSameAnswer(
  found: readonly HostTensor[],
  expected: readonly HostTensor[],
  tolerance = singlePrecision,
): void {
  expect(found.map(({ dims }) => dims)).toEqual(expected.map(({ dims }) => dims));
  for (const [index, tensor] of found.entries()) {
    expectClose(`output${index}`, tensor, Float64Array.from(expected[index].data, Number), tolerance);
  }
}

/**
 * Largest differences relative to the largest value around: of a box in the same channel or column lie numbers of other
 * kinds, so that each place along the shorter of the last two axes is measured by its own.
 */
function expectClose(name: string, tensor: HostTensor, expected: Float64Array, tolerance: number): void {
  if (tensor.type === 'uint8') {
    expectMostlySame(name, tensor.data, expected, tolerance);
    return;
  }
  const groupOf = grouping(tensor.dims);
  const largest = new Map<string, number>();
  for (const [index, value] of expected.entries()) {
    largest.set(groupOf(index), Math.max(largest.get(groupOf(index)) ?? 1e-6, Math.abs(value)));
  }
  let worst = { error: 0, text: '' };
  for (const [index, value] of Array.from(tensor.data, Number).entries()) {
    const error = Math.abs(value - expected[index]) / (largest.get(groupOf(index)) ?? 1);
    if (!(error <= worst.error)) worst = { error, text: `${value} for ${expected[index]} at ${index}` };
  }
  expect(worst.error, `${name} [${tensor.dims}]: ${worst.text}`).toBeLessThanOrEqual(tolerance);
}

/** Classes of pixels whose best two logits are nearly equal may differ; few pixels are like that. */
function expectMostlySame(name: string, found: Uint8Array, expected: Float64Array, tolerance: number): void {
  const different = found.filter((value, index) => value !== expected[index]).length;
  expect(new Set(found).size, `${name}: classes on the map`).toBeGreaterThan(1);
  expect(different / found.length, `${name}: share of pixels with another class`).toBeLessThanOrEqual(tolerance);
}

/** The channel of an element of [batch, channels, anchors], the column of one of [batch, rows, columns]; all of a map. */
function grouping(dims: readonly number[]): (index: number) => string {
  if (dims.length !== 3) return () => '';
  const [, middle, last] = dims;
  if (middle < last) return (index) => `channel ${Math.floor(index / last) % middle}`;
  return (index) => `column ${index % last}`;
}
