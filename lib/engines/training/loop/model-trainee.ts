import { Fault } from '@/lib/core/fault';
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { refuseNotFinite } from '@/lib/engines/model-files/checkpoint/finite-weights';
import type { ValidationImages } from '@/lib/engines/training/batch/validation-batches';
import type { KeypointShape } from '@/lib/engines/training/dataset/label-rule';
import type { GradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { checkMemory, memoryFault, memoryNeed } from '@/lib/engines/training/loop/memory-need';
import type { SavedTraining } from '@/lib/engines/training/loop/saved-training';
import type { Trainee } from '@/lib/engines/training/loop/trainee';
import type { TrainingArguments } from '@/lib/engines/training/loop/training-arguments';
import { trainingLoss } from '@/lib/engines/training/loop/training-loss';
import { createValidationLosses, type ValidationLosses } from '@/lib/engines/training/loop/validation-losses';
import { buildTrainingNetwork, type TrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import type { ParameterLayout } from '@/lib/engines/training/network/parameter-layout';
import { readParameters } from '@/lib/engines/training/network/read-parameters';
import { withParameters } from '@/lib/engines/training/network/with-parameters';
import { type OptimizerKind, stateLengths, type TrainingState } from '@/lib/engines/training/step/training-state';
import { TrainingStep } from '@/lib/engines/training/step/training-step';
import { fitnessOf, namedMetrics } from '@/lib/engines/training/validation/model-scores';
import { validateOnnx } from '@/lib/engines/training/validation/validate-onnx';
import type { ValidationSet } from '@/lib/engines/training/validation/validation-set';
import type { SessionFactory } from '@/lib/engines/vision/session';

export type TraineeSpec = {
  /** What training begins with, its head already of the data set's classes. */
  readonly checkpoint: Checkpoint;
  readonly args: TrainingArguments;
  /** Side of the images, a multiple of the network's stride. */
  readonly imgsz: number;
  readonly optimizer: OptimizerKind;
  readonly forms: GradientForms;
  readonly keypoints: KeypointShape | null;
  readonly validation: ValidationSet;
  readonly validationImages: ValidationImages;
  /** Images of a run of the validation. */
  readonly validationBatch: number;
  /** For the graphs of training, and for the network that is validated. */
  readonly sessions: SessionFactory;
  readonly validationSessions: SessionFactory;
  /** Memory that is free, in bytes; null where nobody knows. */
  readonly availableBytes: number | null;
};

/** A network under training. */
export type ModelTrainee = Trainee & {
  readonly parameterCount: number;
  readonly state: TrainingState;
  /**
   * Goes on from a saved state; the averages are those of the checkpoint. Throws a `Fault` where it is another network’s, or
   * holds what is no finite number.
   */
  load(saved: Pick<SavedTraining, 'vectors' | 'updates' | 'optimizer'>): void;
  /** The checkpoint with the averaged weights. */
  averaged(): Checkpoint;
  dispose(): Promise<void>;
};

/**
 * Builds the network of a checkpoint with its loss, and loads it. Rejects with the `Fault`s of building, of reading the weights
 * and of the session factory.
 */
export async function createModelTrainee(spec: TraineeSpec): Promise<ModelTrainee> {
  const { checkpoint, args, imgsz, optimizer, forms, sessions, keypoints } = spec;
  const network = await buildTrainingNetwork(checkpoint, { imgsz, batch: args.batch, freeze: args.freeze ?? [] });
  checkChannels(network);
  const { layout } = network;
  const numbers = await readParameters(checkpoint, layout);
  const need = memoryNeed(network);
  if (spec.availableBytes !== null) checkMemory(need, args.batch, spec.availableBytes);
  const explained = <T>(work: () => Promise<T>): Promise<T> =>
    work().catch((error) => {
      throw memoryFault(error, need, args.batch);
    });
  const loss = trainingLoss(network, args, keypoints, { takesBranchShare: true });
  const step = await explained(() => TrainingStep.create({ network, loss, numbers, optimizer, forms, sessions }));
  const losses = await validationLosses(spec).catch(async (error) => {
    await step.dispose();
    throw error;
  });
  const averaged = () => withParameters(checkpoint, layout, step.average);
  return {
    parameterCount: layout.parameterCount,
    lossNames: step.itemNames,
    step: (batch, settings) => explained(() => step.run(batch, settings)),
    get state() {
      return step.state;
    },
    load(saved) {
      checkVectors(saved, layout, optimizer);
      step.load({ vectors: new Map([...step.state.vectors, ...saved.vectors]), updates: saved.updates });
    },
    averaged,
    async validate(signal) {
      const { bytes } = await convertCheckpoint(averaged(), { imgsz, batch: spec.validationBatch });
      losses.take();
      const scores = await validateOnnx(bytes, spec.validationSessions, {
        ...spec.validation,
        images: spec.validationImages,
        batch: spec.validationBatch,
        imgsz,
        signal,
        onBatch: (batch) => losses.add(batch, step.average),
      });
      return { metrics: namedMetrics(scores), losses: losses.take(), fitness: fitnessOf(scores) };
    },
    async dispose() {
      await losses.dispose();
      await step.dispose();
    },
  };
}

function validationLosses({ checkpoint, args, imgsz, keypoints, ...spec }: TraineeSpec): Promise<ValidationLosses> {
  return createValidationLosses({
    checkpoint,
    args,
    imgsz,
    keypoints,
    batch: spec.validationBatch,
    set: spec.validation.set,
    sessions: spec.validationSessions,
  });
}

/** Images are read as RGB. */
function checkChannels({ channels }: TrainingNetwork): void {
  if (channels === 3) return;
  throw new Fault({
    code: 'model-unsupported',
    found: `This network looks at images of ${channels} channel${channels === 1 ? '' : 's'}, and images are read in three: red, green and blue.`,
    remedy: 'Start from a checkpoint for colour images, or from sightline-n.',
  });
}

function checkVectors(
  saved: Pick<SavedTraining, 'vectors' | 'optimizer'>,
  layout: ParameterLayout,
  optimizer: OptimizerKind,
): void {
  const lengths = stateLengths(layout, optimizer);
  const fits = Array.from(saved.vectors, ([name, { length }]) => lengths.get(name) === length);
  const isWhole = Array.from(lengths.keys()).every((name) => name.startsWith('average') || saved.vectors.has(name));
  if (saved.optimizer === optimizer && isWhole && fits.every(Boolean)) {
    for (const [name, values] of saved.vectors) refuseNotFinite(values, name);
    return;
  }
  throw new Fault({
    code: 'input-invalid',
    found: 'The training state is of another network, or of another optimizer, than this run has.',
    remedy: 'Resume with the last.ckpt of this very run, and with its own arguments.',
  });
}
