import { type DetectionParts, detectionParts } from '@/lib/engines/architecture/heads/detect';
import { detectionOutput } from '@/lib/engines/architecture/heads/detection-output';
import { branchName } from '@/lib/engines/architecture/heads/head-mode';
import { channelCount, joinedBranch } from '@/lib/engines/architecture/heads/level-branches';
import { type BuildContext, classOf, misfit } from '@/lib/engines/architecture/module-builder';
import { sigmoid } from '@/lib/engines/graph/activations';
import { concat, split } from '@/lib/engines/graph/arrangement';
import { add, div, mul, sub } from '@/lib/engines/graph/elementwise';
import { cos, sin } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** Oriented boxes, x y w h in pixels in every mode, with an angle in radians as their one extra. */
export function buildObb(context: BuildContext, node: ModuleNode, levels: readonly Value[]): readonly Value[] {
  const { graph: g } = context;
  const parts = detectionParts(context, node, levels);
  const raw = joinedBranch(context, node, branchName(parts.mode, 'cv4'), levels);
  if (channelCount(context, node, raw) !== 1) throw misfit(context, node, 'answers more than one angle');
  // YOLO26 answers radians; those before it a share of the half turn that begins at −π/4.
  const angle = classOf(node) === 'OBB26' ? raw : mul(g, sub(g, sigmoid(g, raw), 0.25), Math.PI);
  const boxes = turnedBoxes(context, parts, angle);
  return [detectionOutput(context, parts.mode, { boxes, scores: parts.scores, extras: angle, isRotated: true })];
}

/** [batch, 4, anchors]: the distances are along the sides of the box, so that its centre turns about the anchor point. */
function turnedBoxes({ graph: g }: BuildContext, { anchors, distances }: DetectionParts, angle: Value): Value {
  const { leftTop, rightBottom } = distances;
  const [across, down] = split(g, div(g, sub(g, rightBottom, leftTop), 2), [1, 1], 1);
  const [cosine, sine] = [cos(g, angle), sin(g, angle)];
  const x = sub(g, mul(g, across, cosine), mul(g, down, sine));
  const y = add(g, mul(g, across, sine), mul(g, down, cosine));
  const centre = add(g, concat(g, [x, y], 1), anchors.points);
  return mul(g, concat(g, [centre, add(g, leftTop, rightBottom)], 1), anchors.strides);
}
