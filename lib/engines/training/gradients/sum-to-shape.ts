import { reshape } from '@/lib/engines/graph/arrangement';
import { type Extent, sameExtent } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceSum } from '@/lib/engines/graph/reduce';
import type { Value } from '@/lib/engines/graph/value';

/**
 * The gradient of a value that was broadcast to the gradient's shape: an element that was used many times gathers the
 * gradients of all its uses.
 */
export function sumToShape(g: GraphBuilder, gradient: Value, shape: readonly Extent[]): Value {
  const added = gradient.shape.length - shape.length;
  const axes = gradient.shape.flatMap((extent, axis) => {
    const original = shape[axis - added];
    return original !== undefined && sameExtent(original, extent) ? [] : [axis];
  });
  if (axes.length === 0) return gradient;
  return reshape(g, reduceSum(g, gradient, axes, { keepAxes: true }), shape);
}
