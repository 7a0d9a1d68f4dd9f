import { present } from '@/lib/core/assert';
import type { TrainingSet } from '@/lib/engines/training/batch/training-set';
import type { Skeleton } from '@/lib/engines/training/dataset/dataset-description';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';
import { type FileTree, nameOf } from '@/lib/engines/training/dataset/file-tree';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';
import { readClassFolders } from '@/lib/engines/training/dataset/read-class-folders';
import { readObjectDataset } from '@/lib/engines/training/dataset/read-object-dataset';
import type { ValidationSet } from '@/lib/engines/training/validation/validation-set';

export type TrainingTask = ObjectTask | 'classify';

/** What a run learns from and is measured on. */
export type TrainingData = {
  readonly task: TrainingTask;
  readonly names: readonly string[];
  /** Set for pose. */
  readonly skeleton: Skeleton | null;
  readonly train: TrainingSet;
  readonly val: ValidationSet;
  /** What was skipped or mended, and how often in all. */
  readonly problems: readonly DatasetProblem[];
  readonly problemCount: number;
};

/**
 * Reads the training and the validation split that a data.yaml describes, or a folder of classes for `classify`. Rejects with the
 * `Fault`s of both.
 *
 * @param path Of the data.yaml, or of the folder, in the tree.
 */
export async function readTrainingData(
  tree: FileTree,
  path: string,
  task: TrainingTask,
  signal?: AbortSignal,
): Promise<TrainingData> {
  const splits = ['train', 'val'] as const;
  if (task === 'classify') {
    const { names, splits: found, problems, problemCount } = await readClassFolders(tree, path, { splits });
    const [train, val] = splits.map((split) => ({ task, images: present(found.get(split), split) }));
    return { task, names, skeleton: null, train, val: { set: val, names, sigmas: null }, problems, problemCount };
  }
  const dataset = await readObjectDataset(tree, path, { task, splits, signal });
  const { names, skeleton, problems, problemCount } = dataset;
  const [train, val] = splits.map((split) => ({ task, skeleton, images: present(dataset.splits.get(split), split) }));
  const sigmas = skeleton?.sigmas ?? null;
  return { task, names, skeleton, train, val: { set: val, names, sigmas }, problems, problemCount };
}

/** Whether `data=` means a description of objects rather than a folder of classes. */
export function isDescription(path: string): boolean {
  return /\.ya?ml$/i.test(nameOf(path));
}
