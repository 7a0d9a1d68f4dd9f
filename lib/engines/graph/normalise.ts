import { transpose } from '@/lib/engines/graph/arrangement';
import { int } from '@/lib/engines/graph/attributes';
import { axisOf } from '@/lib/engines/graph/axis';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { unary } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';

/** exp(x) ÷ Σ exp(x) along an axis. */
export function softmax(g: GraphBuilder, x: Value, axis: number): Value {
  const along = axisOf(g, 'Softmax', x, axis);
  const last = x.shape.length - 1;
  // Before operator set 13, Softmax ran over all axes from `axis` on.
  if (g.opset >= 13 || along === last) return unary(g, 'Softmax', x, { axis: int(along) });
  const order = x.shape.map((_, position) => (position === along ? last : position === last ? along : position));
  return transpose(g, unary(g, 'Softmax', transpose(g, x, order), { axis: int(last) }), order);
}
