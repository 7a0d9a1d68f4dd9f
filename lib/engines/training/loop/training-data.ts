import { present } from '@/lib/core/assert';
import type { TrainingSet } from '@/lib/engines/training/batch/training-set';
import type { Skeleton, SplitName } from '@/lib/engines/training/dataset/dataset-description';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';
import { type FileTree, nameOf } from '@/lib/engines/training/dataset/file-tree';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';
import { readClassFolders } from '@/lib/engines/training/dataset/read-class-folders';
import { readObjectDataset } from '@/lib/engines/training/dataset/read-object-dataset';
import type { ValidationSet } from '@/lib/engines/training/validation/validation-set';

export const trainingTasks = ['detect', 'segment', 'pose', 'obb', 'classify'] as const;

export type TrainingTask = ObjectTask | 'classify';

/** A data set with those of its splits that were asked for. */
export type LabelledData = {
  readonly task: TrainingTask;
  readonly names: readonly string[];
  /** Set for pose. */
  readonly skeleton: Skeleton | null;
  readonly sets: ReadonlyMap<SplitName, TrainingSet>;
  /** What was skipped or mended, and how often in all. */
  readonly problems: readonly DatasetProblem[];
  readonly problemCount: number;
};

/** What a run learns from and is measured on. */
export type TrainingData = Omit<LabelledData, 'sets'> & { readonly train: TrainingSet; readonly val: ValidationSet };

/**
 * Reads splits of what a data.yaml describes, or of a folder of classes for `classify`. Rejects with the `Fault`s of both.
 *
 * @param path Of the data.yaml, or of the folder, in the tree.
 */
export async function readLabelledData(
  tree: FileTree,
  path: string,
  {
    task,
    splits,
    signal,
  }: { readonly task: TrainingTask; readonly splits: readonly SplitName[]; readonly signal?: AbortSignal },
): Promise<LabelledData> {
  if (task === 'classify') {
    const dataset = await readClassFolders(tree, path, { splits });
    const sets = Array.from(dataset.splits, ([split, images]) => [split, { task, images }] as const);
    return { ...dataset, skeleton: null, sets: new Map<SplitName, TrainingSet>(sets) };
  }
  const dataset = await readObjectDataset(tree, path, { task, splits, signal });
  const { skeleton } = dataset;
  const sets = Array.from(dataset.splits, ([split, images]) => [split, { task, skeleton, images }] as const);
  return { ...dataset, task, sets: new Map<SplitName, TrainingSet>(sets) };
}

/** As `readLabelledData`, the splits for training and for validation. */
export async function readTrainingData(
  tree: FileTree,
  path: string,
  task: TrainingTask,
  signal?: AbortSignal,
): Promise<TrainingData> {
  const { sets, ...data } = await readLabelledData(tree, path, { task, splits: ['train', 'val'], signal });
  return { ...data, train: present(sets.get('train'), 'train'), val: validationSet({ ...data, sets }, 'val') };
}

/** One of the splits, to be measured on. */
export function validationSet({ sets, names, skeleton }: LabelledData, split: SplitName): ValidationSet {
  return { set: present(sets.get(split), split), names, sigmas: skeleton?.sigmas ?? null };
}

/** Whether `data=` means a description of objects rather than a folder of classes. */
export function isDescription(path: string): boolean {
  return /\.ya?ml$/i.test(nameOf(path));
}
