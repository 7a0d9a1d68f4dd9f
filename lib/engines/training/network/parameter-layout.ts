/**
 * What a parameter is to the optimizer: kernels and other weights decay, scales of normalisations and biases (also those of
 * normalisations) do not, and biases have a learning rate of their own while training warms up.
 */
export const parameterKinds = ['weight', 'norm', 'bias'] as const;

export type ParameterKind = (typeof parameterKinds)[number];

/** Where a tensor stands in a flat vector, row by row. */
export type FlatTensor = {
  /** Its path in the checkpoint: `model.0.conv.weight`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Elements before it. */
  readonly offset: number;
  readonly length: number;
};

/** The statistics of one batch normalisation. */
type FlatNorm = {
  readonly mean: FlatTensor;
  readonly variance: FlatTensor;
  /** Share of a batch in the running statistics after it. */
  readonly momentum: number;
};

/**
 * The order of all numbers of a network that training changes. Parameters are in the order of the network within each kind, one
 * kind after the other, so that an optimizer treats each as one run. The statistics of the normalisations are a vector of their own.
 */
export type ParameterLayout = {
  readonly parameters: readonly (FlatTensor & { readonly kind: ParameterKind })[];
  /** Elements of the vector of parameters. */
  readonly parameterCount: number;
  /** Elements of each kind. */
  readonly kindCounts: Readonly<Record<ParameterKind, number>>;
  /** In the order of the network. */
  readonly norms: readonly FlatNorm[];
  /** Elements of the vector of running statistics. */
  readonly statisticCount: number;
};

/** A parameter before it has a place. */
export type NamedParameter = {
  readonly name: string;
  readonly shape: readonly number[];
  readonly kind: ParameterKind;
};

export type NamedNorm = {
  readonly meanName: string;
  readonly varianceName: string;
  readonly channels: number;
  readonly momentum: number;
};

/** Lays parameters and statistics, given in the order of the network, one after the other. */
export function layOut(parameters: readonly NamedParameter[], norms: readonly NamedNorm[]): ParameterLayout {
  const place = placer();
  const ordered = parameterKinds.flatMap((kind) => parameters.filter((parameter) => parameter.kind === kind));
  const laid = ordered.map(({ name, shape, kind }) => ({ ...place(name, shape), kind }));
  const placeStatistic = placer();
  const laidNorms = norms.map(({ meanName, varianceName, channels, momentum }) => ({
    mean: placeStatistic(meanName, [channels]),
    variance: placeStatistic(varianceName, [channels]),
    momentum,
  }));
  const countOf = (kind: ParameterKind) => sum(laid.filter((parameter) => parameter.kind === kind));
  return {
    parameters: laid,
    parameterCount: sum(laid),
    kindCounts: { weight: countOf('weight'), norm: countOf('norm'), bias: countOf('bias') },
    norms: laidNorms,
    statisticCount: sum(laidNorms.flatMap(({ mean, variance }) => [mean, variance])),
  };
}

function placer(): (name: string, shape: readonly number[]) => FlatTensor {
  let next = 0;
  return (name, shape) => {
    const length = shape.reduce((product, extent) => product * extent, 1);
    const tensor = { name, shape, offset: next, length };
    next += length;
    return tensor;
  };
}

function sum(tensors: readonly FlatTensor[]): number {
  return tensors.reduce((total, { length }) => total + length, 0);
}
