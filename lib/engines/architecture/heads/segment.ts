import { alignedBoxes, detectionParts } from '@/lib/engines/architecture/heads/detect';
import { detectionOutput } from '@/lib/engines/architecture/heads/detection-output';
import { branchName } from '@/lib/engines/architecture/heads/head-mode';
import { joinedBranch } from '@/lib/engines/architecture/heads/level-branches';
import { prototypes } from '@/lib/engines/architecture/heads/prototypes';
import type { BuildContext } from '@/lib/engines/architecture/module-builder';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** Boxes with mask coefficients, raw, and as second output the prototypes [batch, count, H/4, W/4] that they weigh. */
export function buildSegment(context: BuildContext, node: ModuleNode, levels: readonly Value[]): readonly Value[] {
  const parts = detectionParts(context, node, levels);
  const boxes = alignedBoxes(context, parts);
  const extras = joinedBranch(context, node, branchName(parts.mode, 'cv4'), levels);
  const rows = detectionOutput(context, parts.mode, { boxes, scores: parts.scores, extras, isRotated: false });
  return [rows, prototypes(context, node, levels)];
}
