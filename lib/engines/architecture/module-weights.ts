import { type BuildContext, misfit } from '@/lib/engines/architecture/module-builder';
import type { WeightSource } from '@/lib/engines/architecture/weight-plan';
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
