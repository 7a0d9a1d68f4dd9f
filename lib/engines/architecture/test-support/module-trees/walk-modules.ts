import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** Every module below a node with its dotted path, parents first; the node itself has the path ''. */
export function walkModules(
  node: ModuleNode,
  path = '',
): readonly { readonly path: string; readonly node: ModuleNode }[] {
  const below = [...node.children].flatMap(([name, child]) =>
    child === null ? [] : walkModules(child, path === '' ? name : `${path}.${name}`),
  );
  return [{ path, node }, ...below];
}
