import { expand } from '@/lib/engines/graph/arrangement';
import { scalar } from '@/lib/engines/graph/constants';
import type { Extent } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value } from '@/lib/engines/graph/value';
import type { ElementType } from '@/lib/engines/model-files/model-facts';

/** A value of this shape that is the same number everywhere; made at run time, so that the file holds one number. */
export function filled(g: GraphBuilder, elementType: ElementType, shape: readonly Extent[], value: number): Value {
  const number = scalar(g, elementType, value);
  return shape.length === 0 ? number : expand(g, number, shape);
}
