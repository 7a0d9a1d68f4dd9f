import type { ByteSource } from '@/lib/engines/model-files/byte-source';
import { elementsOf, type GraphValue, shapedValue } from '@/lib/engines/model-files/graph-value';
import type { ElementType, ModelSpec } from '@/lib/engines/model-files/model-facts';
import { ProtobufError } from '@/lib/engines/model-files/protobuf-reader';
import { type GraphListing, type GraphNode, readGraphNodes } from '@/lib/engines/model-files/read-graph-nodes';
import { outputValues } from '@/lib/engines/model-files/shape-rules';
import { sortedNodes } from '@/lib/engines/model-files/sort-nodes';

export type GraphCost = {
  /**
   * Multiplications with an addition that one image of the model's own size costs, in convolutions and matrix products. Twice
   * this is what the package prints as FLOPs. Null where a shape depends on the data or an operator is not known.
   */
  readonly multiplyAdds: number | null;
  /** Trained numbers: elements of the weights of convolutions, matrix products and normalisations. */
  readonly weightCount: number;
};

/** Operators that multiply, with the inputs that hold weights: kernel, then bias. */
const multiplying: ReadonlyMap<string, readonly number[]> = new Map([
  ['Conv', [1, 2]],
  ['ConvTranspose', [1, 2]],
  ['ConvInteger', [1]],
  ['QLinearConv', [3, 8]],
  ['MatMul', [0, 1]],
  ['MatMulInteger', [0, 1]],
  ['QLinearMatMul', [0, 3]],
  ['Gemm', [0, 1, 2]],
]);

/** Operators with weights that cost next to nothing. Mean and variance of a normalisation are measured, not trained. */
const scaling: ReadonlyMap<string, readonly number[]> = new Map([
  ['BatchNormalization', [1, 2]],
  ['InstanceNormalization', [1, 2]],
  ['LayerNormalization', [1, 2]],
  ['GroupNormalization', [1, 2]],
  ['PRelu', [1]],
]);

/** Operators whose cost is in graphs of their own, or in an equation. */
const opaque = new Set(['If', 'Loop', 'Scan', 'Einsum', 'LSTM', 'GRU', 'RNN', 'DeformConv', 'Attention']);

/** Operators between a stored weight and its use. */
const passing = new Set(['Cast', 'DequantizeLinear', 'Transpose', 'Reshape', 'Identity', 'Squeeze', 'Unsqueeze']);

const trainedTypes: ReadonlySet<ElementType> = new Set(['float32', 'float16', 'bfloat16', 'float64', 'int8', 'uint8']);

/**
 * What one image costs and how many trained numbers a model has, from its graph alone; nothing is run and no weight is read.
 * Never rejects for what the file holds: what cannot be told is null, or 0 weights in a graph too large to list.
 */
export async function graphCost(source: ByteSource, input: ModelSpec['input']): Promise<GraphCost> {
  const listing = await listed(source);
  if (listing === null) return { multiplyAdds: null, weightCount: 0 };
  const batch = input.batch.kind === 'static' ? input.batch.size : 1;
  const image = shapedValue([batch, 3, input.size.height, input.size.width]);
  const total = multiplyAddsOf(listing, new Map([[input.name, image]]));
  return { multiplyAdds: total === null ? null : total / batch, weightCount: weightCountOf(listing) };
}

async function listed(source: ByteSource): Promise<GraphListing | null> {
  try {
    return await readGraphNodes(source);
  } catch (error) {
    if (error instanceof ProtobufError) return null;
    throw error;
  }
}

function multiplyAddsOf({ nodes, constants }: GraphListing, known: Map<string, GraphValue>): number | null {
  for (const [name, { dims, values }] of constants) known.set(name, shapedValue(dims, values));
  const sorted = sortedNodes(nodes);
  if (sorted.length < nodes.length) return null;
  let total = 0;
  for (const node of sorted) {
    if (opaque.has(node.operator)) return null;
    const inputs = node.inputs.map((name) => known.get(name) ?? null);
    const outputs = outputValues(node, inputs);
    for (const [index, name] of node.outputs.entries()) {
      const value = outputs?.[index] ?? null;
      if (value !== null) known.set(name, value);
    }
    if (!multiplying.has(node.operator)) continue;
    const cost = costOf(node, inputs, outputs?.[0] ?? null);
    if (cost === null) return null;
    total += cost;
  }
  return total;
}

function costOf(
  { operator, attributes }: GraphNode,
  inputs: readonly (GraphValue | null)[],
  output: GraphValue | null,
) {
  const weights = inputs[operator.startsWith('QLinear') ? 3 : 1];
  const [data] = inputs;
  if (!data || !weights || !output) return null;
  switch (operator) {
    case 'ConvTranspose':
      return elementsOf(data.shape) * elementsOf(weights.shape.slice(1));
    case 'Conv':
    case 'ConvInteger':
    case 'QLinearConv':
      return elementsOf(output.shape) * elementsOf(weights.shape.slice(1));
    default: {
      const isTurned = attributes.get('transA') === 1;
      return elementsOf(output.shape) * (data.shape[data.shape.length - (isTurned ? 2 : 1)] ?? 0);
    }
  }
}

function weightCountOf({ nodes, constants }: GraphListing): number {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const weights = new Set<string>();

  function addWeight(name: string): void {
    let source = name;
    // A chain as long as the graph is a circle, which no valid graph has.
    for (let steps = 0; steps < nodes.length; steps += 1) {
      const maker = makers.get(source);
      if (constants.has(source) || maker === undefined || !passing.has(maker.operator)) break;
      source = maker.inputs[0] ?? '';
    }
    const stored = constants.get(source);
    if (stored !== undefined && trainedTypes.has(stored.elementType)) weights.add(source);
  }

  for (const { operator, inputs } of nodes) {
    for (const index of multiplying.get(operator) ?? scaling.get(operator) ?? []) addWeight(inputs[index] ?? '');
    // A linear layer on more than two axes is a product and the addition of its bias.
    if (operator === 'Add' && inputs.some((name) => makers.get(name)?.operator === 'MatMul')) inputs.forEach(addWeight);
  }
  let count = 0;
  for (const name of weights) count += elementsOf(constants.get(name)?.dims ?? [0]);
  return count;
}
