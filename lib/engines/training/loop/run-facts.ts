import type { ModelTrainee } from '@/lib/engines/training/loop/model-trainee';
import type { RunFacts } from '@/lib/engines/training/loop/training-event';
import type { TrainingPlan } from '@/lib/engines/training/loop/training-plan';
import type { TrainingProgress } from '@/lib/engines/training/loop/training-progress';
import type { TrainingRequest } from '@/lib/engines/training/loop/training-request';

/** What a run is told to begin with. */
export function runFacts(
  { args, data, surroundings: { backend, threads } }: TrainingRequest,
  { choice, iterationsPerEpoch, batches: { imgsz } }: TrainingPlan,
  { parameterCount }: Pick<ModelTrainee, 'parameterCount'>,
  { epoch }: TrainingProgress,
): RunFacts {
  return {
    task: data.task,
    names: data.names,
    parameterCount,
    trainImages: data.train.images.length,
    valImages: data.val.set.images.length,
    epochs: args.epochs,
    firstEpoch: epoch + 1,
    iterationsPerEpoch,
    batch: args.batch,
    imgsz,
    optimizer: choice.optimizer === 'sgd' ? 'SGD' : 'AdamW',
    lr0: choice.lr0,
    momentum: choice.momentum,
    backend,
    threads,
  };
}
