import { present } from '@/lib/core/assert';
import { concat, slice } from '@/lib/engines/graph/arrangement';
import { add, div, mul, type Operand, sub } from '@/lib/engines/graph/elementwise';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { sqrt } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import {
  type ParameterKind,
  type ParameterLayout,
  parameterKinds,
} from '@/lib/engines/training/network/parameter-layout';
import { graphBytes } from '@/lib/engines/training/step/graph-bytes';
import type { OptimizerKind, StateVector } from '@/lib/engines/training/step/training-state';

/** Inputs of the graph that are one number each. */
export type UpdateNumbers = {
  /** Learning rates of the kinds of parameters. */
  readonly weightRate: number;
  readonly normRate: number;
  readonly biasRate: number;
  /** What the summed gradient is multiplied by: 1, or less to limit its length. */
  readonly gradientScale: number;
  /** Of SGD the momentum, of AdamW the decay of the first moment (β₁). */
  readonly momentum: number;
  readonly weightDecay: number;
  /** Share of themselves that averaged parameters and statistics keep. */
  readonly averageDecay: number;
  /** Of AdamW: 1 − β₁ᵗ and √(1 − β₂ᵗ) in the t-th update. Not fed to SGD. */
  readonly firstCorrection: number;
  readonly secondCorrection: number;
};

const sgdNumbers = [
  'weightRate',
  'normRate',
  'biasRate',
  'gradientScale',
  'momentum',
  'weightDecay',
  'averageDecay',
] as const;

/** The numbers that the graph takes. */
export const updateNumberNames: Readonly<Record<OptimizerKind, readonly (keyof UpdateNumbers)[]>> = {
  sgd: sgdNumbers,
  adamw: [...sgdNumbers, 'firstCorrection', 'secondCorrection'],
};

/** Of AdamW, torch's defaults; β₁ is a setting. */
export const secondDecay = 0.999;
const epsilon = 1e-8;

/** Vectors of the training state that the graph takes, under their own names; those of no elements it does not. */
export const updateInputs: Readonly<Record<OptimizerKind, readonly StateVector[]>> = {
  sgd: ['parameters', 'gradient', 'moment', 'averageParameters', 'statistics', 'averageStatistics'],
  adamw: ['parameters', 'gradient', 'moment', 'square', 'averageParameters', 'statistics', 'averageStatistics'],
};

const sgdOutputs = {
  parameters: 'nextParameters',
  moment: 'nextMoment',
  averageParameters: 'nextAverageParameters',
  averageStatistics: 'nextAverageStatistics',
} as const;

/** What each vector of the state becomes, by the name of the graph's output. */
export const updateOutputs: Readonly<Record<OptimizerKind, Partial<Readonly<Record<StateVector, string>>>>> = {
  sgd: sgdOutputs,
  adamw: { ...sgdOutputs, square: 'nextSquare' },
};

type NumberInput = (name: keyof UpdateNumbers) => Value;

/** The vectors of a kind of parameters, as they are or as they become. */
type Vectors = { readonly parameters: Value; readonly moment: Value; readonly square: Value | null };

/**
 * The graph that changes the parameters of a network by their gradient. Inputs: the vectors `parameters`, `gradient`, `moment`
 * and `averageParameters` [parameters], of AdamW also `square`; `statistics` and `averageStatistics` [statistics] where there
 * are any; and `UpdateNumbers`. Outputs: `nextParameters`, `nextMoment`, of AdamW `nextSquare`, `nextAverageParameters` and
 * `nextAverageStatistics`.
 *
 * SGD with Nesterov momentum as torch has it (https://proceedings.mlr.press/v28/sutskever13.html), weight decay added to the
 * gradient; AdamW with the decay apart from it (https://arxiv.org/abs/1711.05101). Only parameters of the kind `weight` decay.
 */
export function updateGraph(layout: ParameterLayout, optimizer: OptimizerKind): Uint8Array {
  const g = new GraphBuilder();
  const numbers = new Map(
    updateNumberNames[optimizer].map((name) => [name, g.input(name, { elementType: 'float32', shape: [] })]),
  );
  const number: NumberInput = (name) => present(numbers.get(name), name);
  const vector = (name: string, length = layout.parameterCount) =>
    g.input(name, { elementType: 'float32', shape: [length] });
  const [parameters, gradient, moment] = [vector('parameters'), vector('gradient'), vector('moment')];
  const square = optimizer === 'adamw' ? vector('square') : null;
  const rule = optimizer === 'adamw' ? adamW : nesterov;
  const changed = kindRanges(layout).map(({ kind, start, end }) => {
    const part = (whole: Value) => slice(g, whole, { axis: 0, start, end });
    const before = {
      parameters: part(parameters),
      moment: part(moment),
      square: square === null ? null : part(square),
    };
    return rule(g.within(kind), kind, before, mul(g, part(gradient), number('gradientScale')), number);
  });
  const join = (parts: readonly Value[]) => concat(g, parts, 0);
  const next = join(changed.map((part) => part.parameters));
  g.output(sgdOutputs.parameters, next);
  g.output(sgdOutputs.moment, join(changed.map((part) => part.moment)));
  if (square !== null) g.output('nextSquare', join(changed.flatMap((part) => part.square ?? [])));
  const decay = number('averageDecay');
  g.output(sgdOutputs.averageParameters, towards(g, vector('averageParameters'), next, decay));
  if (layout.statisticCount > 0) {
    const statistics = vector('statistics', layout.statisticCount);
    const average = vector('averageStatistics', layout.statisticCount);
    g.output(sgdOutputs.averageStatistics, towards(g, average, statistics, decay));
  }
  return graphBytes(g);
}

type KindRange = { readonly kind: ParameterKind; readonly start: number; readonly end: number };

function kindRanges({ kindCounts }: ParameterLayout): readonly KindRange[] {
  let start = 0;
  return parameterKinds.flatMap((kind) => {
    const range = { kind, start, end: start + kindCounts[kind] };
    start = range.end;
    return range.start === range.end ? [] : [range];
  });
}

type UpdateRule = (
  g: GraphBuilder,
  kind: ParameterKind,
  before: Vectors,
  gradient: Value,
  number: NumberInput,
) => Vectors;

const rateNames = { weight: 'weightRate', norm: 'normRate', bias: 'biasRate' } as const;

/** m ← μ·m + d and p ← p − rate·(d + μ·m), with d the gradient and the decay. */
const nesterov: UpdateRule = (g, kind, { parameters, moment }, gradient, number) => {
  const momentum = number('momentum');
  const decays = kind === 'weight';
  const direction = decays ? add(g, gradient, mul(g, parameters, number('weightDecay'))) : gradient;
  const next = add(g, mul(g, moment, momentum), direction);
  const change = mul(g, add(g, direction, mul(g, next, momentum)), number(rateNames[kind]));
  return { parameters: sub(g, parameters, change), moment: next, square: null };
};

/** Moments of the gradient and its square, each freed of its start at zero; the decay is a share of the parameter itself. */
const adamW: UpdateRule = (g, kind, { parameters, moment, square }, gradient, number) => {
  const rate = number(rateNames[kind]);
  const next = towards(g, moment, gradient, number('momentum'));
  const nextSquare = square === null ? null : towards(g, square, mul(g, gradient, gradient), secondDecay);
  const spread = nextSquare === null ? 1 : add(g, div(g, sqrt(g, nextSquare), number('secondCorrection')), epsilon);
  const change = mul(g, div(g, next, spread), div(g, rate, number('firstCorrection')));
  const kept = kind === 'weight' ? mul(g, parameters, sub(g, 1, mul(g, rate, number('weightDecay')))) : parameters;
  return { parameters: sub(g, kept, change), moment: next, square: nextSquare };
};

/** decay·old + (1 − decay)·target. */
function towards(g: GraphBuilder, old: Value, target: Value, decay: Operand): Value {
  const share = typeof decay === 'number' ? 1 - decay : sub(g, 1, decay);
  return add(g, mul(g, old, decay), mul(g, target, share));
}
