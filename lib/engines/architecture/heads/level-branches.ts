import { type BuildContext, buildChild, itemNames, misfit } from '@/lib/engines/architecture/module-builder';
import { concat, reshape } from '@/lib/engines/graph/arrangement';
import { mapShape } from '@/lib/engines/graph/conv';
import { multiplyExtents } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** The maps that a head's branch makes of each level of the pyramid. */
export function branchMaps(
  context: BuildContext,
  node: ModuleNode,
  branch: string,
  levels: readonly Value[],
): readonly Value[] {
  const names = itemNames(context, node, branch);
  if (names.length !== levels.length) {
    throw misfit(context, node, `has ${names.length} parts “${branch}” for ${levels.length} levels`);
  }
  return names.map((name, index) => buildChild(context, node, name, levels[index]));
}

/**
 * Maps of all levels as one value [batch, channels, anchors]: levels in the order given, rows before columns. In float32 even
 * in a graph of halves, because a half holds no coordinate of a large image.
 */
export function joinLevels(g: GraphBuilder, maps: readonly Value[]): Value {
  const flat = maps.map((map) => {
    const [batch, channels, height, width] = mapShape(g, 'Reshape', map);
    return reshape(g, map, [batch, channels, multiplyExtents(height, width)]);
  });
  return cast(g, concat(g, flat, 2), 'float32');
}

/** A branch over all levels as one value [batch, channels, anchors] in float32. */
export function joinedBranch(context: BuildContext, node: ModuleNode, branch: string, levels: readonly Value[]): Value {
  return joinLevels(context.graph, branchMaps(context, node, branch, levels));
}

/** The channels of a value [batch, channels, anchors]; how many there are never depends on the image. */
export function channelCount(context: BuildContext, node: ModuleNode, value: Value): number {
  const channels = value.shape[1];
  if (typeof channels !== 'number') throw misfit(context, node, 'has a branch of unknown width');
  return channels;
}
