import { branchName, type HeadMode } from '@/lib/engines/architecture/heads/head-mode';
import { channelCount, joinLevels } from '@/lib/engines/architecture/heads/level-branches';
import { type BuildContext, childOf, misfit } from '@/lib/engines/architecture/module-builder';
import { reshape, split, transpose } from '@/lib/engines/graph/arrangement';
import { matmul } from '@/lib/engines/graph/matmul';
import { softmax } from '@/lib/engines/graph/normalise';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** Distances from an anchor point to the sides of its box, in cells: each [batch, 2, anchors] in float32. */
export type BoxDistances = { readonly leftTop: Value; readonly rightBottom: Value };

/**
 * The distances that the maps of the box branch stand for. Four channels are the distances themselves; more are a
 * distribution for each side, whose expectation counts (X. Li et al., “Generalized Focal Loss”, arXiv:2006.04388).
 */
export function boxDistances(
  context: BuildContext,
  node: ModuleNode,
  mode: HeadMode,
  maps: readonly Value[],
): BoxDistances {
  const joined = joinLevels(context.graph, maps);
  const bins = channelCount(context, node, joined) / 4;
  if (!Number.isInteger(bins)) {
    throw misfit(context, node, `has boxes of ${4 * bins} channels in “${branchName(mode, 'cv2')}”`);
  }
  const sides = bins === 1 ? joined : expectedDistances(context, node, joined, bins);
  const [leftTop, rightBottom] = split(context.graph, sides, [2, 2], 1);
  return { leftTop, rightBottom };
}

/** [batch, 4·bins, anchors] → [batch, 4, anchors]. The bins are laid innermost, where softmax and product are fastest. */
function expectedDistances(context: BuildContext, node: ModuleNode, joined: Value, bins: number): Value {
  const { graph: g } = context;
  const [batch, , anchors] = joined.shape;
  const logits = reshape(g, transpose(g, joined, [0, 2, 1]), [batch, anchors, 4, bins]);
  const expectation = matmul(g, softmax(g, logits, 3), cast(g, binWeights(context, node, bins), 'float32'));
  return transpose(g, reshape(g, expectation, [batch, anchors, 4]), [0, 2, 1]);
}

/** The distance of each bin as a column [bins, 1]: 0, 1, 2 … in every file seen. */
function binWeights(context: BuildContext, node: ModuleNode, bins: number): Value {
  const tensor = childOf(context, node, 'dfl.conv').parameters.get('weight') ?? null;
  const fits = tensor !== null && tensor.shape.reduce((product, length) => product * length, 1) === bins;
  if (!fits) throw misfit(context, node, `has no distances “dfl” for ${bins} bins`);
  return context.weights.addTensor({ name: `${context.path}.dfl.conv.weight`, tensor }, [bins, 1]);
}
