import { branchMaps } from '@/lib/engines/architecture/heads/level-branches';
import { type BuildContext, buildChild, misfit } from '@/lib/engines/architecture/module-builder';
import { clip } from '@/lib/engines/graph/activations';
import { add, mul, pow } from '@/lib/engines/graph/elementwise';
import { resizeBy } from '@/lib/engines/graph/resize';
import { cast, exp } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** Logarithms of depth are limited to these, in the natural logarithm of metres. */
const nearest = -4;
const farthest = 5;

/** Depth of every pixel in metres, float32 [batch, 1, H, W]. */
export function buildDepth(context: BuildContext, node: ModuleNode, levels: readonly Value[]): readonly Value[] {
  const { graph: g } = context;
  const logarithm = cast(g, buildChild(context, node, 'head', fusedLevels(context, node, levels)), 'float32');
  const depth = exp(g, clip(g, logarithm, nearest, farthest));
  const scale = exp(g, calibration(context, node, 'cal_b'));
  const calibrated = mul(g, pow(g, depth, calibration(context, node, 'cal_a')), scale);
  return [resizeBy(g, calibrated, [4, 4], 'linear')];
}

/** From the coarsest level down: enlarged, joined by the next finer one, refined. */
function fusedLevels(context: BuildContext, node: ModuleNode, levels: readonly Value[]): Value {
  const { graph: g } = context;
  const projected = branchMaps(context, node, 'proj', levels);
  const coarsest = projected.at(-1);
  if (coarsest === undefined) throw misfit(context, node, 'is given no level');
  return projected.slice(0, -1).reduceRight((fused, finer, index) => {
    const enlarged = resizeBy(g, fused, [2, 2], 'linear-corners');
    return buildChild(context, node, `refine.${index}`, add(g, enlarged, finer));
  }, coarsest);
}

/** Exponent or logarithmic factor that fit the network to a camera, as one number [1]. */
function calibration(context: BuildContext, node: ModuleNode, name: 'cal_a' | 'cal_b'): Value {
  const tensor = node.buffers.get(name) ?? null;
  if (tensor === null || tensor.shape.some((length) => length !== 1))
    throw misfit(context, node, `has no number “${name}”`);
  return cast(context.graph, context.weights.addTensor({ name: `${context.path}.${name}`, tensor }, [1]), 'float32');
}
