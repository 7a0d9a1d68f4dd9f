import { type BuildContext, buildChild, misfit } from '@/lib/engines/architecture/module-builder';
import { squeeze } from '@/lib/engines/graph/arrangement';
import { greater } from '@/lib/engines/graph/elementwise';
import { argMax } from '@/lib/engines/graph/reduce';
import { resizeBy } from '@/lib/engines/graph/resize';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** The finest level has an eighth of the image's height and width. */
const stride = 8;

/** Class indices are bytes. */
const maxClasses = 256;

/** The class of every pixel, uint8 [batch, H, W]. A single class is 1 where its logit is positive, else 0. */
export function buildSemanticSegment(
  context: BuildContext,
  node: ModuleNode,
  [finest]: readonly Value[],
): readonly Value[] {
  const { graph: g } = context;
  if (finest === undefined) throw misfit(context, node, 'is given no level');
  const logits = buildChild(context, node, 'classifier', finest);
  const classes = logits.shape[1];
  if (typeof classes !== 'number' || classes > maxClasses) {
    throw misfit(context, node, `tells ${classes} classes apart, more than the ${maxClasses} of a class map`);
  }
  const pixels = resizeBy(g, logits, [stride, stride], 'linear');
  const map = classes === 1 ? squeeze(g, greater(g, pixels, 0), [1]) : argMax(g, pixels, 1);
  return [cast(g, map, 'uint8')];
}
