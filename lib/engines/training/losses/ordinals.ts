import { unsqueeze } from '@/lib/engines/graph/arrangement';
import { constant } from '@/lib/engines/graph/constants';
import { equal } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';

/** 0, 1, 2 … in a shape with one axis longer than 1, as float32: which is exact far beyond any axis, and placed everywhere. */
export function ordinals(g: GraphBuilder, shape: readonly number[]): Value {
  const count = shape.reduce((product, length) => product * length, 1);
  return constant(g, 'float32', shape, [...new Array<number>(count).keys()]);
}

/** float32 with a last axis of `count`: 1 at the place that a whole number names, else 0. A number beyond it has no place. */
export function oneHot(g: GraphBuilder, numbers: Value, count: number): Value {
  const rank = numbers.shape.length;
  const places = ordinals(g, [...new Array<number>(rank).fill(1), count]);
  return cast(g, equal(g, unsqueeze(g, cast(g, numbers, 'float32'), [rank]), places), 'float32');
}
