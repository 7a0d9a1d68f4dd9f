import { type BuildContext, buildChild } from '@/lib/engines/architecture/module-builder';
import { concat, flatten } from '@/lib/engines/graph/arrangement';
import { softmax } from '@/lib/engines/graph/normalise';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** Probabilities [batch, classes] in float32. Several inputs are joined by their channels. Dropout does nothing here. */
export function buildClassify(context: BuildContext, node: ModuleNode, inputs: readonly Value[]): readonly Value[] {
  const { graph: g } = context;
  const features = buildChild(context, node, 'conv', concat(g, inputs, 1));
  const means = flatten(g, buildChild(context, node, 'pool', features));
  const logits = buildChild(context, node, 'linear', means);
  return [softmax(g, cast(g, logits, 'float32'), 1)];
}
