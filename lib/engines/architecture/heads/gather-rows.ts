import { expand, unsqueeze } from '@/lib/engines/graph/arrangement';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { gatherElements } from '@/lib/engines/graph/selection';
import type { Value } from '@/lib/engines/graph/value';

/** Of each image the rows that its indices name: [batch, N, C] at int64 [batch, K] is [batch, K, C]. */
export function gatherRows(g: GraphBuilder, rows: Value, indices: Value): Value {
  const width = rows.shape[2];
  const repeated = expand(g, unsqueeze(g, indices, [2]), [...indices.shape, width], [indices, rows]);
  return gatherElements(g, rows, repeated, 1);
}
