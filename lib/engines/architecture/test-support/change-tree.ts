import { present } from '@/lib/core/assert';
import { checkpointAround } from '@/lib/engines/architecture/test-support/module-trees/model-tree';
import type { Checkpoint, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** The checkpoint with its head replaced by what `change` makes of it. */
export function withHead({ model }: Checkpoint, change: (head: ModuleNode) => ModuleNode): Checkpoint {
  const layers = present(model.children.get('model'), 'the layers');
  const last = String(layers.children.size - 1);
  const head = change(present(layers.children.get(last), 'the head'));
  const changed = { ...layers, children: new Map([...layers.children, [last, head]]) };
  return checkpointAround({ ...model, children: new Map([...model.children, ['model', changed]]) });
}

/** The module with another child of that name; null leaves the name with nothing, as fusing does. */
export function withChild(node: ModuleNode, name: string, child: ModuleNode | null): ModuleNode {
  return { ...node, children: new Map([...node.children, [name, child]]) };
}

/** The module with another value of that attribute. */
export function withAttribute(
  node: ModuleNode,
  name: string,
  value: ReturnType<ModuleNode['attributes']['get']>,
): ModuleNode {
  return { ...node, attributes: new Map([...node.attributes, [name, value ?? null]]) };
}
