import {
  type BuildContext,
  buildChild,
  childOf,
  itemNames,
  misfit,
  optionalChild,
  within,
} from '@/lib/engines/architecture/module-builder';
import { add } from '@/lib/engines/graph/elementwise';
import { resizeLike } from '@/lib/engines/graph/resize';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/**
 * The mask prototypes of a segmentation head, float32 [batch, count, H/4, W/4]: of the finest level alone, or (YOLO26) of
 * the finest level with the coarser ones refined, enlarged and added to it.
 */
export function prototypes(context: BuildContext, node: ModuleNode, levels: readonly Value[]): Value {
  const proto = childOf(context, node, 'proto');
  const inner = within(context, 'proto');
  const features = optionalChild(proto, 'feat_refine') === null ? levels[0] : fusedLevels(inner, proto, levels);
  if (features === undefined) throw misfit(context, node, 'is given no level');
  let maps = features;
  for (const step of ['cv1', 'upsample', 'cv2', 'cv3']) maps = buildChild(inner, proto, step, maps);
  return cast(context.graph, maps, 'float32');
}

function fusedLevels(context: BuildContext, proto: ModuleNode, [finest, ...coarser]: readonly Value[]): Value {
  const { graph } = context;
  const refinements = itemNames(context, proto, 'feat_refine');
  if (finest === undefined || refinements.length !== coarser.length) {
    throw misfit(context, proto, `has ${refinements.length} parts “feat_refine” for ${coarser.length} coarser levels`);
  }
  const sum = refinements.reduce((features, name, index) => {
    const refined = buildChild(context, proto, name, coarser[index]);
    return add(graph, features, resizeLike(graph, refined, finest, 'nearest'));
  }, finest);
  return buildChild(context, proto, 'feat_fuse', sum);
}
