import type { EmbeddedNms } from '@/lib/engines/architecture/convert-options';
import { bestClasses, classOffset } from '@/lib/engines/architecture/heads/best-classes';
import type { DetectionRows } from '@/lib/engines/architecture/heads/detections';
import { concat, expand, slice, squeeze, unsqueeze } from '@/lib/engines/graph/arrangement';
import { scalar } from '@/lib/engines/graph/constants';
import { add, less, mul, sub } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceSum } from '@/lib/engines/graph/reduce';
import { rangeOfAxis } from '@/lib/engines/graph/runtime-shape';
import { gather, gatherNd, nonMaxSuppression, scatterNd } from '@/lib/engines/graph/selection';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';

/**
 * Rows x1 y1 x2 y2 score class extras that greedy suppression leaves, [batch, maxDetections, 6 + extras], the best first;
 * rows of zeros fill the rest. Each anchor stands for its best class. Whatever the batch, one operator does the work.
 */
export function suppressedRows(g: GraphBuilder, detections: DetectionRows, rule: EmbeddedNms): Value {
  const { scores, classIds, rows } = bestClasses(g, detections);
  const apart = rule.agnostic ? detections.boxes : add(g, detections.boxes, mul(g, classIds, classOffset));
  const selected = nonMaxSuppression(g, apart, unsqueeze(g, scores, [1]), {
    maxPerClass: rule.maxDetections,
    iou: rule.iou,
    score: rule.conf,
    boxes: 'corners',
  });
  const images = slice(g, selected, { axis: 1, start: 0, end: 1 });
  const anchors = slice(g, selected, { axis: 1, start: 2, end: 3 });
  const kept = gatherNd(g, rows, concat(g, [images, anchors], 1));

  const [batch, , width] = rows.shape;
  const empty = expand(g, scalar(g, 'float32', 0), [batch, rule.maxDetections, width], [rows]);
  const places = unsqueeze(g, placesInImage(g, squeeze(g, images, [1]), rows), [1]);
  return scatterNd(g, empty, concat(g, [images, places], 1), kept);
}

/** The position of each selected row among those of its own image; rows come sorted by image. */
function placesInImage(g: GraphBuilder, images: Value, rows: Value): Value {
  const positions = rangeOfAxis(g, images, 0);
  if (rows.shape[0] === 1) return positions;
  const isBefore = less(g, unsqueeze(g, images, [0]), unsqueeze(g, rangeOfAxis(g, rows, 0), [1]));
  const firstOfImage = reduceSum(g, cast(g, isBefore, 'int64'), [1]);
  return sub(g, positions, gather(g, firstOfImage, images, 0));
}
