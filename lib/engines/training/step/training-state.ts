import { assert, present } from '@/lib/core/assert';
import type { ParameterLayout } from '@/lib/engines/training/network/parameter-layout';
import type { FlatNumbers } from '@/lib/engines/training/network/read-parameters';

/** The rules by which parameters follow their gradients. */
export type OptimizerKind = 'sgd' | 'adamw';

/** Names of the vectors of a state: those of SGD lack `square`. */
export type StateVector =
  | 'parameters'
  | 'statistics'
  | 'gradient'
  | 'moment'
  | 'square'
  | 'averageParameters'
  | 'averageStatistics';

/** All that changes while a network is trained: with the same batches a step goes on from it as if it had never stopped. */
export type TrainingState = {
  readonly vectors: ReadonlyMap<StateVector, Float32Array>;
  /** How often parameters changed. */
  readonly updates: number;
};

/** The state before the first step. The vectors are copied. */
export function initialState(numbers: FlatNumbers, optimizer: OptimizerKind): TrainingState {
  const { parameters, statistics } = numbers;
  const zeros = () => new Float32Array(parameters.length);
  const vectors = new Map<StateVector, Float32Array>([
    ['parameters', parameters.slice()],
    ['statistics', statistics.slice()],
    ['gradient', zeros()],
    ['moment', zeros()],
    ['averageParameters', parameters.slice()],
    ['averageStatistics', statistics.slice()],
  ]);
  if (optimizer === 'adamw') vectors.set('square', zeros());
  return { vectors, updates: 0 };
}

/** Names and lengths of a state's vectors: what a file that is read again has to have. */
export function stateLengths(layout: ParameterLayout, optimizer: OptimizerKind): ReadonlyMap<StateVector, number> {
  const { parameterCount, statisticCount } = layout;
  const lengths = new Map<StateVector, number>([
    ['parameters', parameterCount],
    ['statistics', statisticCount],
    ['gradient', parameterCount],
    ['moment', parameterCount],
    ['averageParameters', parameterCount],
    ['averageStatistics', statisticCount],
  ]);
  if (optimizer === 'adamw') lengths.set('square', parameterCount);
  return lengths;
}

/** A vector of the state that its optimizer has. */
export function vectorOf({ vectors }: TrainingState, name: StateVector): Float32Array {
  return present(vectors.get(name), `the vector ${name}`);
}

/** Throws where a state is not of this layout and optimizer. */
export function assertState(state: TrainingState, layout: ParameterLayout, optimizer: OptimizerKind): void {
  for (const [name, length] of stateLengths(layout, optimizer)) {
    assert(vectorOf(state, name).length === length, `the vector ${name} has ${length} numbers`);
  }
}
