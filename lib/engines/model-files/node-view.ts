import type { GraphValue } from '@/lib/engines/model-files/graph-value';
import type { AttributeValue, GraphNode } from '@/lib/engines/model-files/read-graph-nodes';

/** A node with what is known of its inputs, as the rules of shapes look at it. */
export type NodeView = {
  readonly operator: string;
  readonly inputs: readonly (GraphValue | null)[];
  readonly outputCount: number;
  /** Shape of an input, or null when it is absent or unknown. */
  shape(index: number): readonly number[] | null;
  /** Numbers of an input, or null. */
  values(index: number): readonly number[] | null;
  /** Whether the node has that input at all. */
  has(index: number): boolean;
  attribute(name: string): AttributeValue | undefined;
  int(name: string, otherwise: number): number;
  ints(name: string): readonly number[] | null;
  /** A list that stands in an attribute (older operator sets) or an input (newer ones). */
  listAt(name: string, index: number): readonly number[] | null;
};

/** The values of a node's outputs; null for those (or all) that the data decides. */
export type ShapeRule = (node: NodeView) => readonly (GraphValue | null)[] | null;

export function nodeView(node: GraphNode, inputs: readonly (GraphValue | null)[]): NodeView {
  const attribute = (name: string) => node.attributes.get(name);
  const values = (index: number) => inputs[index]?.values ?? null;
  function ints(name: string): readonly number[] | null {
    const value = attribute(name);
    return Array.isArray(value) ? value : null;
  }
  return {
    operator: node.operator,
    inputs,
    outputCount: node.outputs.length,
    shape: (index) => inputs[index]?.shape ?? null,
    values,
    has: (index) => (node.inputs[index] ?? '') !== '',
    attribute,
    int(name, otherwise) {
      const value = attribute(name);
      return typeof value === 'number' ? value : otherwise;
    },
    ints,
    listAt: (name, index) => ints(name) ?? values(index),
  };
}
