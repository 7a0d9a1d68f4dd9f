import type { Extent } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { assertShape } from '@/lib/engines/graph/shape-error';
import type { Value } from '@/lib/engines/graph/value';

/** An axis counted from the front; negative ones count from behind. */
export function axisOf(g: GraphBuilder, operator: string, x: Value, axis: number, rank = x.shape.length): number {
  const position = axis < 0 ? axis + rank : axis;
  const exists = Number.isInteger(position) && position >= 0 && position < rank;
  assertShape(g, operator, exists, `a value of rank ${rank} has no axis ${axis}`);
  return position;
}

/** The length of one axis; negative axes count from behind. */
export function extentOf(g: GraphBuilder, operator: string, x: Value, axis: number): Extent {
  const extent = x.shape[axisOf(g, operator, x, axis)];
  assertShape(g, operator, extent !== undefined, `axis ${axis} is missing`);
  return extent;
}

/** The shape with another length on one axis, counted from the front. */
export function withExtent(shape: readonly Extent[], axis: number, extent: Extent): readonly Extent[] {
  return shape.map((old, position) => (position === axis ? extent : old));
}
