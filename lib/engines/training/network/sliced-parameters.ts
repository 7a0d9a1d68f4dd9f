import { present } from '@/lib/core/assert';
import type { NormTensors, TrainingMode } from '@/lib/engines/architecture/training-mode';
import { reshape, slice } from '@/lib/engines/graph/arrangement';
import { type Extent, elementCount } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value } from '@/lib/engines/graph/value';
import { filled } from '@/lib/engines/training/gradients/filled';
import { trainingBatchNorm } from '@/lib/engines/training/gradients/training-batch-norm';
import type { ParameterLayout } from '@/lib/engines/training/network/parameter-layout';

/** What a normalisation made of a batch, in the order of the layout's norms. */
export type BatchStatistics = {
  /** [C] each; the variance is the biased one, over `elements` numbers of each channel. */
  readonly mean: Value;
  readonly variance: Value;
  readonly elements: number;
};

/** The parameters of a network as pieces of one vector, and what its normalisations saw. */
export type SlicedParameters = {
  readonly mode: TrainingMode;
  /** The input `parameters` [count]. */
  readonly flat: Value;
  /** What the network computes with, in the order of the layout: differentiate by these. */
  readonly pieces: () => readonly Value[];
  readonly statistics: () => readonly BatchStatistics[];
};

/**
 * The training mode of the second pass: every parameter is one Slice and one Reshape of the flat input (WebGPU cannot split into
 * more than nine pieces).
 */
export function slicedParameters(
  g: GraphBuilder,
  layout: ParameterLayout,
  isFrozen: (path: string) => boolean,
): SlicedParameters {
  const flat = g.input('parameters', { elementType: 'float32', shape: [layout.parameterCount] });
  const scope = g.within('parameters');
  const places = new Map(layout.parameters.map((place) => [place.name, place]));
  const pieces = new Map<string, Value>();
  const statistics: BatchStatistics[] = [];
  const piece = (name: string, shape: readonly number[]): Value => {
    const known = pieces.get(name);
    if (known !== undefined) return known;
    const { offset, length } = present(places.get(name), `the place of ${name}`);
    const value = reshape(scope, slice(scope, flat, { axis: 0, start: offset, end: offset + length }), shape);
    pieces.set(name, value);
    return value;
  };
  const normalise = (within: GraphBuilder, x: Value, norm: NormTensors): Value => {
    const { shape } = norm.mean.tensor;
    const scale = norm.gamma === null ? filled(within, 'float32', shape, 1) : piece(norm.gamma.name, shape);
    const shift = norm.beta === null ? filled(within, 'float32', shape, 0) : piece(norm.beta.name, shape);
    const { y, mean, variance } = trainingBatchNorm(within, x, scale, shift, norm.epsilon);
    statistics.push({ mean, variance, elements: elementsPerChannel(x.shape) });
    return y;
  };
  return {
    flat,
    mode: { isFrozen, normalise, parameter: ({ name }, shape) => piece(name, shape) },
    pieces: () => layout.parameters.map(({ name }) => present(pieces.get(name), name)),
    statistics: () => statistics,
  };
}

function elementsPerChannel([batch = 1, , ...sides]: readonly Extent[]): number {
  return Number(elementCount([batch, ...sides]));
}
