import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import type { TrainingSet } from '@/lib/engines/training/batch/training-set';
import type { ValidationBatch } from '@/lib/engines/training/batch/validation-batches';
import type { KeypointShape } from '@/lib/engines/training/dataset/label-rule';
import type { NamedNumbers } from '@/lib/engines/training/loop/epoch-row';
import type { TrainingArguments } from '@/lib/engines/training/loop/training-arguments';
import { trainingLoss } from '@/lib/engines/training/loop/training-loss';
import { buildTrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import type { FlatNumbers } from '@/lib/engines/training/network/read-parameters';
import { createValidationLoss } from '@/lib/engines/training/step/validation-loss';
import { labelledBatch } from '@/lib/engines/training/validation/labelled-batch';
import type { SessionFactory } from '@/lib/engines/vision/session';

type LossSpec = {
  readonly checkpoint: Checkpoint;
  readonly args: TrainingArguments;
  readonly imgsz: number;
  readonly batch: number;
  readonly keypoints: KeypointShape | null;
  readonly set: TrainingSet;
  readonly sessions: SessionFactory;
};

/** Losses of validation images, taken batch by batch while a model is measured. */
export type ValidationLosses = {
  /** Adds a batch; one that is not full counts for nothing, as the graph takes whole ones only. */
  add(batch: ValidationBatch, weights: FlatNumbers): Promise<void>;
  /** Means over what was added since this was last asked; null where nothing was. */
  take(): NamedNumbers | null;
  dispose(): Promise<void>;
};

/** Builds the network a second time, normalised by its running statistics as a trained network is. */
export async function createValidationLosses(spec: LossSpec): Promise<ValidationLosses> {
  const { checkpoint, args, imgsz, batch: batchSize, keypoints, set, sessions } = spec;
  const freeze = args.freeze ?? [];
  const network = await buildTrainingNetwork(checkpoint, { imgsz, batch: batchSize, freeze, normalisedBy: 'running' });
  const parts = trainingLoss(network, args, keypoints);
  const names = parts.items.map(({ name }) => name);
  const loss = await createValidationLoss(network, parts, sessions);
  let sums = names.map(() => 0);
  let batches = 0;
  return {
    async add(batch, weights) {
      if (batch.items.length < batchSize) return;
      const values = await loss.run(labelledBatch(set, batch, imgsz), weights);
      sums = sums.map((sum, k) => sum + values[k]);
      batches++;
    },
    take() {
      const means = batches === 0 ? null : Object.fromEntries(names.map((name, k) => [name, sums[k] / batches]));
      sums = names.map(() => 0);
      batches = 0;
      return means;
    },
    dispose: () => loss.dispose(),
  };
}
