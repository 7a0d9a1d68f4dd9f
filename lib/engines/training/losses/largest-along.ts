import { slice } from '@/lib/engines/graph/arrangement';
import { scalar } from '@/lib/engines/graph/constants';
import { equal, greater, max, where } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { topK } from '@/lib/engines/graph/selection';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import { ordinals } from '@/lib/engines/training/losses/ordinals';

/** The smallest number of single precision that every execution provider computes with (others it may take for 0). */
export const smallestNormal = 2 ** -126;

/**
 * 1 for the `count` largest elements along the last axis, the first of equals, and 0 for the others; 0 for all that are not
 * positive. The length of that axis has to be known.
 */
export function largestAlong(g: GraphBuilder, x: Value, count: number): Value {
  const length = Number(x.shape.at(-1));
  const taken = Math.min(count, length);
  const { values, indices } = topK(g, x, taken, -1);
  const lastOf = (list: Value) => slice(g, list, { axis: -1, start: taken - 1 });
  // Comparing with the last one that is taken needs no scatter. Numbers of the axis are exact in single precision.
  const least = max(g, lastOf(values), smallestNormal);
  const leastAt = cast(g, lastOf(indices), 'float32');
  const positions = ordinals(g, [length]);
  const one = scalar(g, 'float32', 1);
  const isTied = where(g, greater(g, positions, leastAt), 0, one);
  return where(g, greater(g, x, least), one, where(g, equal(g, x, least), isTied, 0));
}
