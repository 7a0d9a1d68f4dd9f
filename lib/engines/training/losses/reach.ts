import { add, less, mul, sub, where } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceMin } from '@/lib/engines/graph/reduce';
import type { Value } from '@/lib/engines/graph/value';

/**
 * How long a side counts when anchor points are looked for inside an object: a side shorter than the finest cell, which may
 * lie between all points, as two such cells. The assignment of YOLO26, which the package has for all networks since its
 * version 8.4; boxes are compared as they are.
 *
 * @param sides In pixels.
 * @param strides Pixels per cell, [1, 1, anchors].
 */
export function reachOf(g: GraphBuilder, sides: Value, strides: Value): Value {
  const finest = reduceMin(g, strides, [0, 1, 2]);
  return where(g, less(g, sides, finest), mul(g, finest, 2), sides);
}

/** A range with its `reachOf`, about its middle; one that is long enough is left to the bit. */
export function reachingRange(g: GraphBuilder, start: Value, end: Value, strides: Value): readonly [Value, Value] {
  const side = sub(g, end, start);
  const more = mul(g, sub(g, reachOf(g, side, strides), side), 0.5);
  return [sub(g, start, more), add(g, end, more)];
}
