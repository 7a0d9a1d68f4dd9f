import { present } from '@/lib/core/assert';
import type { NormTensors, TrainingMode } from '@/lib/engines/architecture/training-mode';
import { reshape, slice } from '@/lib/engines/graph/arrangement';
import { float } from '@/lib/engines/graph/attributes';
import { type Extent, elementCount } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value } from '@/lib/engines/graph/value';
import { filled } from '@/lib/engines/training/gradients/filled';
import { trainingBatchNorm } from '@/lib/engines/training/gradients/training-batch-norm';
import type { FlatTensor, ParameterLayout } from '@/lib/engines/training/network/parameter-layout';

/** What a normalisation made of a batch, in the order of the layout's norms. */
export type BatchStatistics = {
  /** [C] each; the variance is the biased one, over `elements` numbers of each channel. */
  readonly mean: Value;
  readonly variance: Value;
  readonly elements: number;
};

/**
 * What normalisations normalise by: the statistics of the `batch`, as networks are trained, or the `running` ones, the input
 * `statistics`, as trained networks are used.
 */
export type NormalisedBy = 'batch' | 'running';

/** The parameters of a network as pieces of one vector, and what its normalisations saw. */
export type SlicedParameters = {
  readonly mode: TrainingMode;
  /** The input `parameters` [count]. */
  readonly flat: Value;
  /** What the network computes with, in the order of the layout: differentiate by these. */
  readonly pieces: () => readonly Value[];
  /** Empty for normalisations by running statistics. */
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
  normalisedBy: NormalisedBy,
): SlicedParameters {
  const flat = g.input('parameters', { elementType: 'float32', shape: [layout.parameterCount] });
  const pieces = piecesOf(g.within('parameters'), flat, layout.parameters);
  const piece = pieces.take;
  const isRunning = normalisedBy === 'running' && layout.statisticCount > 0;
  const runningStatistics = isRunning ? runningPieces(g, layout) : null;
  const statistics: BatchStatistics[] = [];
  const normalise = (within: GraphBuilder, x: Value, norm: NormTensors): Value => {
    const { shape } = norm.mean.tensor;
    const scale = norm.gamma === null ? filled(within, 'float32', shape, 1) : piece(norm.gamma.name, shape);
    const shift = norm.beta === null ? filled(within, 'float32', shape, 0) : piece(norm.beta.name, shape);
    if (runningStatistics !== null) {
      const [mean, variance] = [norm.mean, norm.variance].map(({ name }) => runningStatistics.take(name, shape));
      return batchNormalisation(within, x, { scale, shift, mean, variance }, norm.epsilon);
    }
    const { y, mean, variance } = trainingBatchNorm(within, x, scale, shift, norm.epsilon);
    statistics.push({ mean, variance, elements: elementsPerChannel(x.shape) });
    return y;
  };
  return {
    flat,
    mode: { isFrozen, normalise, parameter: ({ name }, shape) => piece(name, shape) },
    pieces: () => layout.parameters.map(({ name }) => present(pieces.taken.get(name), name)),
    statistics: () => statistics,
  };
}

type Pieces = {
  readonly taken: ReadonlyMap<string, Value>;
  /** The piece of that name in this shape; asked for again it is the same value. */
  readonly take: (name: string, shape: readonly number[]) => Value;
};

function piecesOf(g: GraphBuilder, flat: Value, places: readonly FlatTensor[]): Pieces {
  const placeOf = new Map(places.map((place) => [place.name, place]));
  const taken = new Map<string, Value>();
  return {
    taken,
    take(name, shape) {
      const known = taken.get(name);
      if (known !== undefined) return known;
      const { offset, length } = present(placeOf.get(name), `the place of ${name}`);
      const value = reshape(g, slice(g, flat, { axis: 0, start: offset, end: offset + length }), shape);
      taken.set(name, value);
      return value;
    },
  };
}

function runningPieces(g: GraphBuilder, { norms, statisticCount }: ParameterLayout): Pieces {
  const places = norms.flatMap(({ mean, variance }) => [mean, variance]);
  const flat = g.input('statistics', { elementType: 'float32', shape: [statisticCount] });
  return piecesOf(g.within('statistics'), flat, places);
}

type NormValues = { readonly scale: Value; readonly shift: Value; readonly mean: Value; readonly variance: Value };

function batchNormalisation(
  g: GraphBuilder,
  x: Value,
  { scale, shift, mean, variance }: NormValues,
  epsilon: number,
): Value {
  return g.node('BatchNormalization', [x, scale, shift, mean, variance], x, { epsilon: float(epsilon) });
}

function elementsPerChannel([batch = 1, , ...sides]: readonly Extent[]): number {
  return Number(elementCount([batch, ...sides]));
}
