import { assert } from '@/lib/core/assert';
import type { TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import type { GradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import type { StepOutcome, StepSettings } from '@/lib/engines/training/loop/trainee';
import { branchShareInput, type LossParts } from '@/lib/engines/training/losses/loss-parts';
import type { TrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import type { FlatNumbers } from '@/lib/engines/training/network/read-parameters';
import { batchFeeds } from '@/lib/engines/training/step/batch-feeds';
import {
  floatsOf,
  loadGraph,
  numberFeeds,
  numberOf,
  type Tensors,
  vectorFeeds,
} from '@/lib/engines/training/step/graph-session';
import { itemOutput, stepGraph, stepOutputs } from '@/lib/engines/training/step/step-graph';
import {
  assertState,
  initialState,
  type OptimizerKind,
  type StateVector,
  type TrainingState,
  vectorOf,
} from '@/lib/engines/training/step/training-state';
import {
  secondDecay,
  type UpdateNumbers,
  updateGraph,
  updateInputs,
  updateNumberNames,
  updateOutputs,
} from '@/lib/engines/training/step/update-graph';
import type { SessionFactory, VisionSession } from '@/lib/engines/vision/session';

/** What stays the same over a whole run. */
export type StepSpec = {
  readonly network: TrainingNetwork;
  readonly loss: LossParts;
  /** What training begins with. */
  readonly numbers: FlatNumbers;
  readonly optimizer: OptimizerKind;
  readonly forms: GradientForms;
  readonly sessions: SessionFactory;
  /** Longest gradient that is followed as it is; longer ones are shortened to it. Null for no limit. */
  readonly gradientLimit?: number | null;
};

/** The field's limit of the gradient's length. */
const usualLimit = 10;

/**
 * Trains a network step by step: runs the step's graph, then where parameters are to change the optimizer's, and holds the vectors
 * between runs. One step runs at a time.
 */
export class TrainingStep {
  readonly itemNames: readonly string[];
  readonly #spec: StepSpec;
  readonly #step: VisionSession;
  readonly #update: VisionSession;
  #state: TrainingState;

  private constructor(spec: StepSpec, step: VisionSession, update: VisionSession) {
    this.#spec = spec;
    this.#step = step;
    this.#update = update;
    this.#state = initialState(spec.numbers, spec.optimizer);
    this.itemNames = spec.loss.items.map(({ name }) => name);
  }

  /** Builds both graphs and loads them. Rejects with the `Fault`s of the session factory. */
  static async create(spec: StepSpec): Promise<TrainingStep> {
    const { network, loss, forms, optimizer } = spec;
    const step = await loadGraph(spec.sessions, stepGraph(network, loss, forms));
    try {
      return new TrainingStep(spec, step, await loadGraph(spec.sessions, updateGraph(network.layout, optimizer)));
    } catch (error) {
      await step.dispose();
      throw error;
    }
  }

  /** The state as it is now; its vectors are replaced by steps, never changed. */
  get state(): TrainingState {
    return this.#state;
  }

  /** Goes on from a state that was saved. */
  load(state: TrainingState): void {
    assertState(state, this.#spec.network.layout, this.#spec.optimizer);
    this.#state = state;
  }

  /** The averaged parameters and statistics: what is validated and kept. */
  get average(): FlatNumbers {
    return {
      parameters: vectorOf(this.#state, 'averageParameters'),
      statistics: vectorOf(this.#state, 'averageStatistics'),
    };
  }

  /**
   * Trains with one batch. Of AdamW the momentum is β₁, to be the same in every step; the losses are in the order of `itemNames`.
   * Where the gradient's length is no finite number, nothing has changed.
   */
  async run(batch: TrainingBatch, settings: StepSettings): Promise<StepOutcome> {
    const { network, loss } = this.#spec;
    const fits = batch.batch === network.batch && batch.height === network.height && batch.width === network.width;
    assert(fits, `a batch is ${network.batch} images of ${network.width} × ${network.height} pixels`);
    const answers = await this.#step.run({
      ...batchFeeds(batch, network.channels),
      ...this.#feeds(['parameters', 'gradient', 'statistics']),
      ...numberFeeds(loss.takesBranchShare ? [[branchShareInput, settings.branchShare]] : []),
    });
    const losses = this.itemNames.map((name) => numberOf(answers, itemOutput(name)));
    const gradientNorm = numberOf(answers, stepOutputs.gradientNorm);
    if (!Number.isFinite(gradientNorm)) return { losses, gradientNorm };
    this.#replace(answers, { gradient: stepOutputs.gradient, statistics: stepOutputs.statistics });
    if (settings.updates) await this.#change(settings, gradientNorm);
    return { losses, gradientNorm };
  }

  async dispose(): Promise<void> {
    await this.#step.dispose();
    await this.#update.dispose();
  }

  /** Changes the parameters by the summed gradient and begins a new sum. */
  async #change(settings: StepSettings, gradientNorm: number): Promise<void> {
    const { optimizer, network, gradientLimit = usualLimit } = this.#spec;
    const updates = this.#state.updates + 1;
    const numbers = updateNumbers(settings, updates, clipScale(gradientNorm, gradientLimit));
    const answers = await this.#update.run({
      ...this.#feeds(updateInputs[optimizer]),
      ...numberFeeds(updateNumberNames[optimizer].map((name) => [name, numbers[name]])),
    });
    this.#replace(answers, updateOutputs[optimizer]);
    const vectors = new Map(this.#state.vectors).set('gradient', new Float32Array(network.layout.parameterCount));
    this.#state = { vectors, updates };
  }

  #feeds(names: readonly StateVector[]): Tensors {
    return vectorFeeds(names.map((name) => [name, vectorOf(this.#state, name)]));
  }

  /** Takes over what a graph made of vectors of the state. */
  #replace(answers: Tensors, outputs: Partial<Readonly<Record<StateVector, string>>>): void {
    const vectors = new Map(this.#state.vectors);
    for (const [name, before] of this.#state.vectors) {
      const output = outputs[name];
      if (output !== undefined && before.length > 0) vectors.set(name, floatsOf(answers, output));
    }
    this.#state = { ...this.#state, vectors };
  }
}

function updateNumbers(
  { rates, momentum, weightDecay, emaDecay }: StepSettings,
  updates: number,
  gradientScale: number,
): UpdateNumbers {
  return {
    weightRate: rates.weight,
    normRate: rates.norm,
    biasRate: rates.bias,
    gradientScale,
    momentum,
    weightDecay,
    averageDecay: emaDecay,
    firstCorrection: 1 - momentum ** updates,
    secondCorrection: Math.sqrt(1 - secondDecay ** updates),
  };
}

/** As torch's `clip_grad_norm_` has it, with its millionth against division by zero. */
function clipScale(norm: number, limit: number | null): number {
  return limit === null ? 1 : Math.min(1, limit / (norm + 1e-6));
}
