import { resolve } from 'node:path';
import { withModelSource } from '@/lib/cli/checkpoint-file';
import { invalid } from '@/lib/cli/command-words';
import { readStateFile } from '@/lib/cli/read-file';
import type { TrainedModel } from '@/lib/cli/train-words';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { readCheckpointFacts } from '@/lib/engines/model-files/checkpoint/checkpoint-facts';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { decodeTraining } from '@/lib/engines/training/loop/saved-training';
import type { TrainingData, TrainingTask } from '@/lib/engines/training/loop/training-data';
import { fitToData } from '@/lib/engines/training/network/fit-to-data';
import { createSightlineCheckpoint } from '@/lib/engines/training/network/sightline/create-sightline-checkpoint';

type FitOptions = {
  /** What descriptions of the trained model call the data: `birds.yaml`. */
  readonly source: string;
  /** Side of the images in pixels. */
  readonly imgsz: number;
  readonly seed: number;
};

type Start = {
  /** The task the model is for; null where it can be any. */
  readonly task: TrainingTask | null;
  /** The checkpoint as it is to be trained on the data. */
  fitted(data: TrainingData, options: FitOptions): Promise<Checkpoint>;
};

/**
 * Lets `use` begin with a model: a fresh network, a .pt file (which stays open meanwhile) or the averaged weights of a last.ckpt.
 * Rejects with the `Fault`s of reading it.
 */
export async function withStart<T>(model: TrainedModel, folder: string, use: (start: Start) => Promise<T>): Promise<T> {
  if (model.kind === 'fresh') return use(freshStart(model.size));
  const path = resolve(folder, model.path);
  if (/\.ckpt$/i.test(path)) {
    const { checkpoint } = decodeTraining(await readStateFile(path, model.path));
    return use(await checkpointStart(checkpoint, model.path));
  }
  return withModelSource(path, model.path, async (source) =>
    use(await checkpointStart(await openCheckpoint(source), model.path)),
  );
}

function freshStart(size: 'n' | 's'): Start {
  return {
    task: null,
    fitted: async ({ task, names, skeleton }, options) =>
      createSightlineCheckpoint({ size, task, names, keypoints: keypointsOf(skeleton), ...options }),
  };
}

async function checkpointStart(checkpoint: Checkpoint, name: string): Promise<Start> {
  const { task } = await readCheckpointFacts(checkpoint);
  if (task === 'semantic' || task === 'depth') {
    throw invalid(
      `“${name}” is for ${task}, which can be run here but not trained.`,
      'Give a checkpoint for detect, segment, pose, obb or classify.',
    );
  }
  return {
    task,
    fitted: ({ task: wanted, names, skeleton }, options) =>
      fitToData(checkpoint, { task: wanted, names, keypoints: keypointsOf(skeleton), ...options }),
  };
}

function keypointsOf(skeleton: TrainingData['skeleton']) {
  if (skeleton === null) return null;
  const { keypoints, names } = skeleton;
  return { ...keypoints, ...(names === null ? {} : { names }) };
}
