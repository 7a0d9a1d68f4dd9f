import { assert } from '@/lib/core/assert';
import type { Attributes } from '@/lib/engines/graph/attributes';
import { type Extent, extentText, symbolicExtent } from '@/lib/engines/graph/extent';
import { type Composite, composedNodes, type GraphNode, onnxNode } from '@/lib/engines/graph/graph-node';
import type { Value, ValueType } from '@/lib/engines/graph/value';
import type { Dimension, ElementType, TensorFacts } from '@/lib/engines/model-files/model-facts';
import type { OnnxGraph, OnnxNode, OnnxTensor } from '@/lib/engines/model-files/onnx-writer';

/** Operator sets whose forms the operator functions know. */
export const oldestOpset = 12;
export const newestOpset = 22;

/** Operator sets of runtimes' own operators have had one version since they exist. */
const vendorOpset = 1;

/** What floating-point weights and constants are stored and computed in. */
export type FloatType = 'float32' | 'float16';

export type GraphOptions = {
  /** Version of ai.onnx, from `oldestOpset` to `newestOpset`; operators whose form changed are written as it wants them. */
  readonly opset?: number;
  readonly floatType?: FloatType;
};

/** Constants up to this size are compared by content and stored once: shapes, axes, scales. */
const sharedBytes = 512;

/** A node whose outputs can still grow. */
type RecordedNode = GraphNode & { readonly outputs: Value[] };

/** What all scopes of one graph share. */
type GraphStore = {
  readonly nodes: RecordedNode[];
  readonly composites: Composite[];
  readonly inputs: TensorFacts[];
  readonly outputs: { readonly name: string; readonly value: Value; readonly shape: readonly Dimension[] }[];
  /** In the order of definition; null until the bytes are known. */
  readonly initializers: Map<string, { readonly value: Value; data: OnnxTensor['data'] | null }>;
  readonly constantNames: Map<string, Value>;
  readonly takenNames: Map<string, number>;
};

/**
 * Collects the nodes of an ONNX graph in the order in which they are made; the functions beside this file make them, one
 * for each operator. A builder stands in a scope, which names its nodes (`/model.0/conv/Conv`); `within` gives the
 * builder of an inner scope over the same graph.
 */
export class GraphBuilder {
  readonly opset: number;
  readonly floatType: FloatType;
  /** Path of the scope, starting with a slash; empty for the outermost. */
  readonly scope: string;
  readonly #store: GraphStore;

  constructor({ opset = 17, floatType = 'float32' }: GraphOptions = {}, scope = '', store: GraphStore = emptyStore()) {
    assert(Number.isInteger(opset) && opset >= oldestOpset && opset <= newestOpset, `opset ${opset} is supported`);
    this.opset = opset;
    this.floatType = floatType;
    this.scope = scope;
    this.#store = store;
  }

  within(name: string): GraphBuilder {
    return new GraphBuilder({ opset: this.opset, floatType: this.floatType }, `${this.scope}/${name}`, this.#store);
  }

  /** An input of the graph. `names` are what the file calls its symbolic axes, where that is not the extent's own text. */
  input(name: string, type: ValueType, names: readonly (string | null)[] = []): Value {
    this.#claim(name);
    this.#store.inputs.push({ name, elementType: type.elementType, shape: dimensions(type.shape, names) });
    return { name, elementType: type.elementType, shape: type.shape };
  }

  /** Makes a value an output of the graph under a name of its own. */
  output(name: string, value: Value, names: readonly (string | null)[] = []): void {
    this.#claim(name);
    this.#store.outputs.push({ name, value, shape: dimensions(value.shape, names) });
  }

  /** A constant; small ones of the same content are one. */
  constant(elementType: ElementType, shape: readonly number[], bytes: Uint8Array): Value {
    const key = bytes.byteLength > sharedBytes ? null : `${elementType}[${shape}]${bytes}`;
    const known = key === null ? undefined : this.#store.constantNames.get(key);
    if (known !== undefined) return known;
    const value = this.weight(this.#unique('constant'), elementType, shape);
    this.setBytes(value, bytes);
    if (key !== null) this.#store.constantNames.set(key, value);
    return value;
  }

  /** A constant with a name of its own whose bytes come later, by `setBytes` or `reserve`: weights that are yet to be read. */
  weight(name: string, elementType: ElementType, shape: readonly number[]): Value {
    assert(!this.#store.initializers.has(name), `one weight is called ${name}`);
    const value: Value = { name, elementType, shape };
    this.#store.initializers.set(name, { value, data: null });
    return value;
  }

  /** The little-endian elements of a weight. They are not copied: do not change them before the file is written. */
  setBytes(weight: Value, bytes: Uint8Array): void {
    this.#setData(weight, { kind: 'raw', bytes });
  }

  /** Leaves a weight's bytes open until the file is written: `placed` is handed their room in it. */
  reserve(weight: Value, placed: (room: Uint8Array) => void): void {
    this.#setData(weight, { kind: 'reserved', placed });
  }

  /** A length that depends on the data: equal to no other. */
  unknownExtent(label: string): Extent {
    return symbolicExtent(this.#unique(`${this.scope}/${label}`));
  }

  /** Appends a node with one output. Null leaves an optional input out; `domain` is the operator set, if not ai.onnx. */
  node(
    operator: string,
    inputs: readonly (Value | null)[],
    result: ValueType,
    attributes: Attributes = {},
    domain = '',
  ): Value {
    const [value] = this.nodeOfMany(operator, inputs, [result], attributes, domain);
    assert(value, `${operator} makes a value`);
    return value;
  }

  /** Appends a node with several outputs. */
  nodeOfMany(
    operator: string,
    inputs: readonly (Value | null)[],
    results: readonly ValueType[],
    attributes: Attributes = {},
    domain = '',
  ): readonly Value[] {
    const name = this.#unique(`${this.scope}/${operator}`);
    const outputs = results.map((result, index) => outputOf(name, index, result));
    this.#store.nodes.push({ operator, domain, name, inputs, outputs, attributes });
    return [...outputs];
  }

  /** Lets a node give its next optional output as well: the indices of a MaxPool that was made without them. */
  addOutput(node: GraphNode, result: ValueType): Value {
    const recorded = this.#store.nodes.find((candidate) => candidate === node);
    assert(recorded, `${node.name} is a node of this graph`);
    const value = outputOf(node.name, recorded.outputs.length, result);
    recorded.outputs.push(value);
    return value;
  }

  /**
   * Records that the nodes which `build` makes stand for one operator of these inputs and of the outputs it gives, for who
   * reads the graph again: a gradient that is known as a whole is cheaper than that of every node. Values within that are
   * not among its outputs are not used outside.
   */
  composite(
    operator: string,
    inputs: readonly Value[],
    build: () => readonly Value[],
    attributes: Attributes = {},
  ): readonly Value[] {
    const name = this.#unique(`${this.scope}/${operator}`);
    const start = this.#store.nodes.length;
    const outputs = build();
    const end = this.#store.nodes.length;
    assert(end > start, `${name} has nodes`);
    this.#store.composites.push({ operation: { operator, domain: '', name, inputs, outputs, attributes }, start, end });
    return outputs;
  }

  /** What the graph does so far, in an order in which every value is made before it is used; composites count as one. */
  operations(): readonly GraphNode[] {
    return composedNodes(this.#store.nodes, this.#store.composites);
  }

  /** The little-endian elements of a constant; null for other values and for weights whose bytes are not set. */
  constantBytes(value: Value): Uint8Array | null {
    const data = this.#store.initializers.get(value.name)?.data;
    return data?.kind === 'raw' ? data.bytes : null;
  }

  /** Version of each operator set that the nodes are of, by its domain: what a file of this graph has to name. */
  operatorSets(): Readonly<Record<string, number>> {
    const others = this.#store.nodes.map((node) => node.domain).filter((domain) => domain !== '');
    return { '': this.opset, ...Object.fromEntries(others.map((domain) => [domain, vendorOpset])) };
  }

  /** The graph as a file holds it. Throws when a weight has no bytes yet. */
  finish(name = 'main_graph'): OnnxGraph {
    const { nodes, initializers, inputs, outputs } = this.#store;
    const made = new Set(nodes.flatMap((node) => node.outputs.map((output) => output.name)));
    const renames = new Map<string, string>();
    const copies: OnnxNode[] = [];
    for (const output of outputs) {
      const isFree = made.has(output.value.name) && !renames.has(output.value.name);
      if (isFree) renames.set(output.value.name, output.name);
      else copies.push(copyNode(renames.get(output.value.name) ?? output.value.name, output.name));
    }
    const renamed = (value: string) => renames.get(value) ?? value;
    return {
      name,
      nodes: [...nodes.map((node) => onnxNode(node, renamed)), ...copies],
      initializers: [...initializers.values()].map(({ value, data }) => tensorOf(value, data)),
      inputs,
      outputs: outputs.map((output) => ({
        name: output.name,
        elementType: output.value.elementType,
        shape: output.shape,
      })),
    };
  }

  #setData(weight: Value, data: OnnxTensor['data']): void {
    const initializer = this.#store.initializers.get(weight.name);
    assert(initializer, `${weight.name} is a weight`);
    initializer.data = data;
  }

  #claim(name: string): void {
    assert(!this.#store.takenNames.has(name), `one input or output is called ${name}`);
    this.#store.takenNames.set(name, 1);
  }

  /** The name, or the name with the first number that makes it unique. */
  #unique(name: string): string {
    const count = this.#store.takenNames.get(name) ?? 0;
    this.#store.takenNames.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  }
}

function emptyStore(): GraphStore {
  return {
    nodes: [],
    composites: [],
    inputs: [],
    outputs: [],
    initializers: new Map(),
    constantNames: new Map(),
    takenNames: new Map(),
  };
}

function outputOf(node: string, index: number, { elementType, shape }: ValueType): Value {
  return { name: `${node}_output_${index}`, elementType, shape };
}

function dimensions(shape: readonly Extent[], names: readonly (string | null)[]): readonly Dimension[] {
  return shape.map((extent, axis) => (typeof extent === 'number' ? extent : (names[axis] ?? extentText(extent))));
}

/** An output that already has another name, or that nothing made, is copied: a value has one name. */
function copyNode(from: string, to: string): OnnxNode {
  return { opType: 'Identity', name: `/Identity/${to}`, inputs: [from], outputs: [to] };
}

function tensorOf({ name, elementType, shape }: Value, data: OnnxTensor['data'] | null): OnnxTensor {
  assert(data, `the bytes of ${name} are known`);
  return { name, elementType, dims: shape.filter((extent) => typeof extent === 'number'), data };
}
