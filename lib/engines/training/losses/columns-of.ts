import { split } from '@/lib/engines/graph/arrangement';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value } from '@/lib/engines/graph/value';

/** The slices of a value along an axis, which stays with length 1: the coordinates of boxes, one by one. */
export function columnsOf(g: GraphBuilder, x: Value, axis: number): readonly Value[] {
  const count = Number(x.shape[axis]);
  return count === 1 ? [x] : split(g, x, new Array<number>(count).fill(1), axis);
}
