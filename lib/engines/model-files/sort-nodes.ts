import type { GraphNode } from '@/lib/engines/model-files/read-graph-nodes';

/**
 * The nodes in an order in which every value is made before it is used, as the specification demands and some converters do
 * not care for (a cast of the input that stands last). Nodes of a circle, which no valid graph has, are left out.
 */
export function sortedNodes(nodes: readonly GraphNode[]): readonly GraphNode[] {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const users = new Map<GraphNode, GraphNode[]>();
  const missing = new Map<GraphNode, number>();
  for (const node of nodes) {
    const needed = new Set(node.inputs.flatMap((name) => makers.get(name) ?? []));
    missing.set(node, needed.size);
    for (const maker of needed) {
      const known = users.get(maker);
      if (known === undefined) users.set(maker, [node]);
      else known.push(node);
    }
  }
  const sorted = nodes.filter((node) => missing.get(node) === 0);
  for (const node of sorted) {
    for (const user of users.get(node) ?? []) {
      const left = (missing.get(user) ?? 0) - 1;
      missing.set(user, left);
      if (left === 0) sorted.push(user);
    }
  }
  return sorted;
}
