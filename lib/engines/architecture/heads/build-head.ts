import { buildClassify } from '@/lib/engines/architecture/heads/classify';
import { buildDepth } from '@/lib/engines/architecture/heads/depth';
import { buildDetect } from '@/lib/engines/architecture/heads/detect';
import { headMode } from '@/lib/engines/architecture/heads/head-mode';
import { buildObb } from '@/lib/engines/architecture/heads/obb';
import { buildPose } from '@/lib/engines/architecture/heads/pose';
import { buildSegment } from '@/lib/engines/architecture/heads/segment';
import { buildSemanticSegment } from '@/lib/engines/architecture/heads/semantic-segment';
import { type BuildContext, classOf, misfit } from '@/lib/engines/architecture/module-builder';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

type HeadBuilder = (context: BuildContext, node: ModuleNode, inputs: readonly Value[]) => readonly Value[];

const heads: ReadonlyMap<string, HeadBuilder> = new Map([
  ['Detect', buildDetect],
  ['v10Detect', buildDetect],
  ['Segment', buildSegment],
  ['Segment26', buildSegment],
  ['Pose', buildPose],
  ['Pose26', buildPose],
  ['OBB', buildObb],
  ['OBB26', buildObb],
  ['Classify', buildClassify],
  ['SemanticSegment', buildSemanticSegment],
  ['Depth', buildDepth],
]);

/**
 * Adds the last layer of a network to the graph and gives its outputs, output0 first, in float32 (a class map: uint8), whatever
 * the precision of the graph. What they hold is described at each head; `headMode` says which of its answers is asked for.
 * Throws a `Fault` for a class that is not known, and where the head cannot do what the settings ask.
 */
export function buildHead(context: BuildContext, node: ModuleNode, inputs: readonly Value[]): readonly Value[] {
  const build = heads.get(classOf(node));
  if (build === undefined) throw misfit(context, node, 'is no head that is known here');
  headMode(node, context.settings);
  return build(context, node, inputs);
}
