import type { Extent } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value } from '@/lib/engines/graph/value';
import type { CheckpointTensor } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** A tensor of the checkpoint with the name a person knows it by: `model.0.bn.weight`. */
export type WeightSource = { readonly name: string; readonly tensor: CheckpointTensor };

/**
 * How a weight of the graph comes out of tensors of the checkpoint. The arrays are fresh, row-major and in the order of the
 * sources; `compute` may change them and return one. It runs in float32 whatever the checkpoint and the graph hold.
 */
export type WeightRecipe = {
  readonly sources: readonly WeightSource[];
  readonly compute: (sources: readonly Float32Array[]) => Float32Array;
};

export type PlannedWeight = WeightRecipe & { readonly value: Value };

/**
 * The weights of a graph under construction. Shapes are known at once; the numbers are read, folded and rounded one weight
 * after the other when the whole graph stands, so that only what the graph needs is read and no more than one weight is held
 * twice.
 */
export class WeightPlan {
  readonly #graph: GraphBuilder;
  readonly #planned = new Map<string, PlannedWeight>();

  constructor(graph: GraphBuilder) {
    this.#graph = graph;
  }

  /** Every weight, in the order of its first use. */
  get planned(): readonly PlannedWeight[] {
    return [...this.#planned.values()];
  }

  /** A weight of the graph in its precision. A module that runs twice has its weights once: the name is the same. */
  add(name: string, shape: readonly number[], recipe: WeightRecipe): Value {
    const known = this.#planned.get(name);
    if (known !== undefined) return known.value;
    const value = this.#graph.weight(name, this.#graph.floatType, shape);
    this.#planned.set(name, { ...recipe, value });
    return value;
  }

  /** A tensor of the checkpoint as it is. */
  addTensor(source: WeightSource, shape: readonly number[] = source.tensor.shape): Value {
    return this.add(source.name, shape, { sources: [source], compute: ([values]) => values });
  }
}

/** The tensors' elements; a weight's extents are numbers. */
export function weightElements(value: Value): number {
  return value.shape.reduce<number>((product, extent: Extent) => product * Number(extent), 1);
}
