import type { Size } from '@/lib/engines/geometry/shape';
import { constant } from '@/lib/engines/graph/constants';
import { div, mul, sub } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceMean } from '@/lib/engines/graph/reduce';
import { abs } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import { distributionLoss, type SideDistances } from '@/lib/engines/training/losses/side-distances';

/**
 * How far the distances of each anchor's sides are from what they should be, [batch, 1, anchors]: of distributions their
 * distribution focal loss; of distances that are said directly (YOLO26) the mean difference, as a share of the image's sides.
 *
 * @param targets Distances in cells, [batch, 4, anchors], that do not depend on what is trained.
 * @param strides Pixels per cell, [1, 1, anchors].
 */
export function distanceLoss(
  g: GraphBuilder,
  { distances, distribution }: SideDistances,
  targets: Value,
  strides: Value,
  { width, height }: Size,
): Value {
  if (distribution !== null) return distributionLoss(g, distribution, targets);
  const sides = constant(g, 'float32', [1, 4, 1], [width, height, width, height]);
  const pixels = mul(g, abs(g, sub(g, distances, targets)), strides);
  return reduceMean(g, div(g, pixels, sides), [1], { keepAxes: true });
}
