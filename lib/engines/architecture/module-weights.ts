import { type BuildContext, misfit } from '@/lib/engines/architecture/module-builder';
import type { TrainingMode } from '@/lib/engines/architecture/training-mode';
import type { WeightSource } from '@/lib/engines/architecture/weight-plan';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** A parameter or buffer of a module that stands at `name` below the context (empty for the context's own module). */
export function tensorOf(context: BuildContext, node: ModuleNode, name: string, tensorName: string): WeightSource {
  const source = optionalTensorOf(context, node, name, tensorName);
  if (source === null) throw misfit(context, node, `has no weight “${tensorName}”`);
  return source;
}

/** As `tensorOf`, or null where the module was made without. */
export function optionalTensorOf(
  context: BuildContext,
  node: ModuleNode,
  name: string,
  tensorName: string,
): WeightSource | null {
  const tensor = node.parameters.get(tensorName) ?? node.buffers.get(tensorName) ?? null;
  const path = name === '' ? context.path : `${context.path}.${name}`;
  return tensor === null ? null : { name: `${path}.${tensorName}`, tensor };
}

/** A tensor of the module as a value of the graph: a weight as it is, or a parameter where the module is trained. */
export function tensorValue(
  context: BuildContext,
  source: WeightSource,
  shape: readonly number[] = source.tensor.shape,
): Value {
  return trainingOf(context)?.parameter(source, shape) ?? context.weights.addTensor(source, shape);
}

/** How the context's own module is trained; null where it is not. */
export function trainingOf({ training, path }: BuildContext): TrainingMode | null {
  return training === null || training.isFrozen(path) ? null : training;
}
