import type { Attributes } from '@/lib/engines/graph/attributes';
import type { Value } from '@/lib/engines/graph/value';
import type { OnnxNode } from '@/lib/engines/model-files/onnx-writer';

/** A node as it was recorded, with what is known of its values. */
export type GraphNode = {
  readonly operator: string;
  /** Empty for the default operator set (ai.onnx). */
  readonly domain: string;
  /** Path of the scope it was made in, and its operator: `/model.0/conv/Conv`. */
  readonly name: string;
  /** Null where an optional input is left out. */
  readonly inputs: readonly (Value | null)[];
  readonly outputs: readonly Value[];
  readonly attributes: Attributes;
};

/** Nodes that stand for one operator of a larger meaning; `operation` is that operator, which no file knows. */
export type Composite = {
  readonly operation: GraphNode;
  /** Its nodes, from `start` to before `end` in the order of the graph. */
  readonly start: number;
  readonly end: number;
};

/** The nodes in their order, with every outermost composite in the place of its own nodes. */
export function composedNodes(nodes: readonly GraphNode[], composites: readonly Composite[]): readonly GraphNode[] {
  // Composites are recorded when they are whole, so that of two with the same start the later is the outer one.
  const byStart = new Map(composites.map((composite) => [composite.start, composite]));
  const composed: GraphNode[] = [];
  for (let index = 0; index < nodes.length; ) {
    const composite = byStart.get(index);
    const node = composite?.operation ?? nodes[index];
    if (node !== undefined) composed.push(node);
    index = composite?.end ?? index + 1;
  }
  return composed;
}

/** The node as a file holds it; `renamed` gives the name that a value has there. */
export function onnxNode(node: GraphNode, renamed: (value: string) => string): OnnxNode {
  return {
    opType: node.operator,
    ...(node.domain === '' ? {} : { domain: node.domain }),
    name: node.name,
    inputs: node.inputs.map((input) => (input === null ? '' : renamed(input.name))),
    outputs: node.outputs.map((output) => renamed(output.name)),
    attributes: node.attributes,
  };
}
