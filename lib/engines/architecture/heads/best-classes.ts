import type { DetectionRows } from '@/lib/engines/architecture/heads/detections';
import { concat, unsqueeze } from '@/lib/engines/graph/arrangement';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { argMax, reduceMax } from '@/lib/engines/graph/reduce';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';

/** Pixels that the package moves the boxes of each class apart, so that suppression within classes is suppression of all. */
export const classOffset = 7680;

/** Every anchor with its best class only, as predictions are made. All float32. */
export type BestClasses = {
  /** [batch, anchors]. */
  readonly scores: Value;
  /** [batch, anchors, 1]. */
  readonly classIds: Value;
  /** Box, score, class and extras: [batch, anchors, 6 + extras]. */
  readonly rows: Value;
};

export function bestClasses(g: GraphBuilder, { boxes, scores, extras }: DetectionRows): BestClasses {
  const best = reduceMax(g, scores, [1]);
  const classIds = unsqueeze(g, cast(g, argMax(g, scores, 1), 'float32'), [2]);
  const parts = [boxes, unsqueeze(g, best, [2]), classIds];
  return { scores: best, classIds, rows: concat(g, extras === null ? parts : [...parts, extras], 2) };
}
