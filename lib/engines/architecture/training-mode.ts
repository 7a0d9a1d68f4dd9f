import type { WeightSource } from '@/lib/engines/architecture/weight-plan';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value } from '@/lib/engines/graph/value';

/** The tensors and numbers of a batch normalisation over the channels of a map. */
export type NormTensors = {
  readonly mean: WeightSource;
  readonly variance: WeightSource;
  /** Null where the module was made without: a scale of 1, a shift of 0. */
  readonly gamma: WeightSource | null;
  readonly beta: WeightSource | null;
  readonly epsilon: number;
  /** Share of a batch in the running statistics after it: torch's meaning, 0.1 unless the module says otherwise. */
  readonly momentum: number;
};

/**
 * How a network is built to be trained: weights are parameters that a step changes, and nothing is folded. The builders of all
 * modules are those of inference; they come here for what differs.
 */
export type TrainingMode = {
  /** Whether the module of that path stays as it is: it is built as for inference, its weights are constants. */
  isFrozen(path: string): boolean;
  /** A tensor of the checkpoint as a value that is trained, in float32. A tensor that is asked for twice is one value. */
  parameter(source: WeightSource, shape: readonly number[]): Value;
  /** The map [batch, C, H, W] normalised by its own batch's statistics, scaled and shifted by parameters. */
  normalise(g: GraphBuilder, x: Value, norm: NormTensors): Value;
};
