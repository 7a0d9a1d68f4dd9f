import type { DetectionRows } from '@/lib/engines/architecture/heads/detections';
import { gatherRows } from '@/lib/engines/architecture/heads/gather-rows';
import { concat, reshape, transpose, unsqueeze } from '@/lib/engines/graph/arrangement';
import { scalar } from '@/lib/engines/graph/constants';
import { div, min, mod } from '@/lib/engines/graph/elementwise';
import { multiplyExtents } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceMax } from '@/lib/engines/graph/reduce';
import { axisLength } from '@/lib/engines/graph/runtime-shape';
import { gatherElements, type TopCount, topK } from '@/lib/engines/graph/selection';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';

/** Rows that the package's end-to-end heads answer. */
const rowCount = 300;

/**
 * The best pairs of anchor and class as rows [batch, rows, 6 + extras]: first the anchors with the best scores are taken, then
 * the best scores of any of their classes. There are 300 rows, or as many as anchors where an image has fewer.
 */
export function endToEndRows(g: GraphBuilder, { boxes, scores, extras }: DetectionRows): Value {
  const byAnchor = transpose(g, scores, [0, 2, 1]);
  const [batch, , classes] = byAnchor.shape;
  const count = rowsOf(g, byAnchor);
  const anchors = topK(g, reduceMax(g, byAnchor, [2]), count, 1).indices;
  const candidates = gatherRows(g, byAnchor, anchors);
  const pairs = reshape(g, candidates, [batch, multiplyExtents(anchors.shape[1], classes)]);
  const best = topK(g, pairs, count, 1);

  // A pair's number is its anchor's position among the best ones times the classes, plus its class.
  const classCount = scalar(g, 'int64', Number(classes));
  const chosen = gatherElements(g, anchors, div(g, best.indices, classCount), 1);
  const column = (value: Value) => unsqueeze(g, cast(g, value, 'float32'), [2]);
  const parts = [gatherRows(g, boxes, chosen), column(best.values), column(mod(g, best.indices, classCount))];
  return concat(g, extras === null ? parts : [...parts, gatherRows(g, extras, chosen)], 2);
}

function rowsOf(g: GraphBuilder, byAnchor: Value): TopCount {
  const anchors = byAnchor.shape[1];
  if (typeof anchors === 'number') return Math.min(rowCount, anchors);
  const value = min(g, axisLength(g, byAnchor, 1), rowCount);
  return { value, extent: g.unknownExtent('rows') };
}
