import type { TreeContext } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import type { CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** A layer's module and the channels of what it answers: one number, or several of a layer that answers a list. */
type BuiltLayer = { readonly node: ModuleNode; readonly outputs: readonly number[] };

/** One row of an architecture's table. */
export type Layer = {
  /** Whose outputs it takes: −1 the layer before, other negative numbers count back, the rest are indices. */
  readonly from: number | readonly number[];
  /** @param inputs Channels of each input, in the order of `from`. */
  build(t: TreeContext, inputs: readonly (readonly number[])[]): BuiltLayer;
};

/** The layers of a network up to its head, and which of them the head reads, finest first. */
export type Body = { readonly table: readonly Layer[]; readonly outputs: readonly number[] };

/** The layers of a table one after the other, as a network's Sequential; and which outputs later layers need. */
export function buildLayers(
  t: TreeContext,
  table: readonly Layer[],
): { readonly layers: readonly ModuleNode[]; readonly save: readonly number[] } {
  const outputs: (readonly number[])[] = [];
  const layers: ModuleNode[] = [];
  const save = new Set<number>();
  for (const [index, { from, build }] of table.entries()) {
    const sources = typeof from === 'number' ? [from] : from;
    for (const source of sources) {
      if (source !== -1) save.add(source < 0 ? index + source : source);
    }
    const inputs = sources.map((source) => (index === 0 ? [3] : outputs[source < 0 ? index + source : source]));
    const built = build(t, inputs);
    outputs.push(built.outputs);
    const placed: [string, CheckpointValue][] = [
      ['i', index],
      ['f', typeof from === 'number' ? from : [...from]],
      ['type', built.node.className],
      ['np', 0],
    ];
    layers.push({ ...built.node, attributes: new Map([...built.node.attributes, ...placed]) });
  }
  return { layers, save: [...save].sort((a, b) => a - b) };
}
