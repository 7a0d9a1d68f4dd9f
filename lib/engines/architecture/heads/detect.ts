import { type AnchorPoints, anchorPoints } from '@/lib/engines/architecture/heads/anchor-points';
import { type BoxDistances, boxDistances } from '@/lib/engines/architecture/heads/box-distances';
import { detectionOutput } from '@/lib/engines/architecture/heads/detection-output';
import { branchName, type HeadMode, modeOf } from '@/lib/engines/architecture/heads/head-mode';
import { branchMaps, joinedBranch } from '@/lib/engines/architecture/heads/level-branches';
import type { BuildContext } from '@/lib/engines/architecture/module-builder';
import { sigmoid } from '@/lib/engines/graph/activations';
import { concat } from '@/lib/engines/graph/arrangement';
import { add, div, mul, sub } from '@/lib/engines/graph/elementwise';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** What the heads of all tasks with boxes have in common. */
export type DetectionParts = {
  readonly mode: HeadMode;
  readonly anchors: AnchorPoints;
  readonly distances: BoxDistances;
  /** [batch, classes, anchors], 0–1, float32. */
  readonly scores: Value;
};

/** Axis-aligned boxes: one output, as `detectionOutput` describes it. */
export function buildDetect(context: BuildContext, node: ModuleNode, levels: readonly Value[]): readonly Value[] {
  const parts = detectionParts(context, node, levels);
  const boxes = alignedBoxes(context, parts);
  return [detectionOutput(context, parts.mode, { boxes, scores: parts.scores, extras: null, isRotated: false })];
}

/** The box and class branches over the levels of the pyramid, finest first. */
export function detectionParts(context: BuildContext, node: ModuleNode, levels: readonly Value[]): DetectionParts {
  const mode = modeOf(context, node);
  const maps = branchMaps(context, node, branchName(mode, 'cv2'), levels);
  const scores = sigmoid(context.graph, joinedBranch(context, node, branchName(mode, 'cv3'), levels));
  return {
    mode,
    anchors: anchorPoints(context, node, maps),
    distances: boxDistances(context, node, mode, maps),
    scores,
  };
}

/** Boxes [batch, 4, anchors] in pixels: x y w h of the plain head, x1 y1 x2 y2 where rows are selected. */
export function alignedBoxes({ graph: g }: BuildContext, { mode, anchors, distances }: DetectionParts): Value {
  const first = sub(g, anchors.points, distances.leftTop);
  const second = add(g, anchors.points, distances.rightBottom);
  const boxes =
    mode === 'plain'
      ? concat(g, [div(g, add(g, first, second), 2), sub(g, second, first)], 1)
      : concat(g, [first, second], 1);
  return mul(g, boxes, anchors.strides);
}
