import type { EmbeddedNms } from '@/lib/engines/architecture/convert-options';
import { bestClasses, classOffset } from '@/lib/engines/architecture/heads/best-classes';
import type { DetectionRows } from '@/lib/engines/architecture/heads/detections';
import { gatherRows } from '@/lib/engines/architecture/heads/gather-rows';
import { pairwiseProbiou } from '@/lib/engines/architecture/heads/pairwise-probiou';
import { concat, expand, split, unsqueeze } from '@/lib/engines/graph/arrangement';
import { int64List, scalar } from '@/lib/engines/graph/constants';
import { add, and, greater, greaterOrEqual, less, max, min, mul, sub, where } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceMax, reduceSum } from '@/lib/engines/graph/reduce';
import { axisLength, rangeOfAxis } from '@/lib/engines/graph/runtime-shape';
import { type TopCount, topK } from '@/lib/engines/graph/selection';
import { cast, not } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';

/**
 * Candidates of one image that are compared with each other: memory grows with their square. A box is suppressed by better
 * ones only, so that the rows are the first of those that no limit would leave, though perhaps not all of them.
 */
const maxCandidates = 2048;

/**
 * Rows x y w h score class angle that “fast” suppression leaves, [batch, maxDetections, 7], the best first; rows of zeros fill
 * the rest. A box goes when its probabilistic IoU with any better one of its class reaches `iou`, suppressed or not.
 */
export function suppressedRotatedRows(g: GraphBuilder, detections: DetectionRows, rule: EmbeddedNms): Value {
  const { scores, rows } = bestClasses(g, detections);
  const best = topK(g, scores, candidateCount(g, scores, rule.conf), 1);
  const candidates = gatherRows(g, rows, best.indices);
  const isAbove = greater(g, best.values, Math.fround(rule.conf));
  const isKept = and(g, isAbove, not(g, suppressedOf(g, candidates, rule)));
  return firstRows(g, candidates, isKept, rule.maxDetections);
}

/** As many as the image with the most has above the threshold, but at least one and at most `maxCandidates`. */
function candidateCount(g: GraphBuilder, scores: Value, conf: number): TopCount {
  const isAbove = cast(g, greater(g, scores, Math.fround(conf)), 'int64');
  const most = reduceMax(g, reduceSum(g, isAbove, [1], { keepAxes: true }), [0]);
  const anchors = scores.shape[1];
  const limit = typeof anchors === 'number' ? int64List(g, [anchors]) : axisLength(g, scores, 1);
  const value = max(g, min(g, min(g, most, maxCandidates), limit), 1);
  return { value, extent: g.unknownExtent('candidates') };
}

/** Whether each of the candidates [batch, K, 7], best first, is overlapped by a better one: [batch, K]. */
function suppressedOf(g: GraphBuilder, candidates: Value, { iou, agnostic }: EmbeddedNms): Value {
  const [x, y, width, height, , classId, angle] = split(g, candidates, [1, 1, 1, 1, 1, 1, 1], 2);
  const apart = (coordinate: Value) => (agnostic ? coordinate : add(g, coordinate, mul(g, classId, classOffset)));
  const overlap = pairwiseProbiou(g, { x: apart(x), y: apart(y), width, height, angle });
  const positions = rangeOfAxis(g, candidates, 1);
  const isBetter = less(g, unsqueeze(g, positions, [0]), unsqueeze(g, positions, [1]));
  const isRival = and(g, greaterOrEqual(g, overlap, Math.fround(iou)), isBetter);
  return greater(g, reduceMax(g, cast(g, isRival, 'float32'), [2]), 0);
}

/** The first `count` of the rows [batch, K, C] that are kept, in their order, and rows of zeros after them. */
function firstRows(g: GraphBuilder, rows: Value, isKept: Value, count: number): Value {
  const [batch, , width] = rows.shape;
  const zeros = expand(g, scalar(g, 'float32', 0), [batch, count, width], [rows]);
  const noRank = expand(g, scalar(g, 'float32', 0), [batch, count], [rows]);
  // Ranks fall from K to 1 along the rows and are 0 for those that go: exact in single precision, and never equal.
  const falling = cast(g, sub(g, axisLength(g, rows, 1), rangeOfAxis(g, rows, 1)), 'float32');
  const ranks = concat(g, [mul(g, cast(g, isKept, 'float32'), falling), noRank], 1);
  const first = topK(g, ranks, count, 1);
  const chosen = gatherRows(g, concat(g, [rows, zeros], 1), first.indices);
  return where(g, unsqueeze(g, greater(g, first.values, 0), [2]), chosen, 0);
}
