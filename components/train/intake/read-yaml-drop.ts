import { Fault } from '@/lib/core/fault';
import { describeDataset, type Skeleton } from '@/lib/engines/training/dataset/dataset-description';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';
import { type FileTree, readText } from '@/lib/engines/training/dataset/file-tree';
import type { ObjectLabel, ObjectTask } from '@/lib/engines/training/dataset/object-label';
import { readObjectDataset } from '@/lib/engines/training/dataset/read-object-dataset';
import { readYaml } from '@/lib/engines/training/dataset/yaml/read-yaml';

export type YamlDrop = {
  readonly names: readonly string[];
  readonly skeleton: Skeleton | null;
  /** By path in the tree; empty where the description names folders that were not dropped with it. */
  readonly images: ReadonlyMap<string, { readonly split: 'train' | 'val'; readonly labels: readonly ObjectLabel[] }>;
  readonly problems: readonly DatasetProblem[];
};

const mostYamlBytes = 4 * 2 ** 20;

/**
 * Reads a data.yaml and the splits it names, as far as they were dropped. Throws a `Fault` (`input-invalid`) for a description that
 * cannot be read.
 */
export async function readYamlDrop(tree: FileTree, file: string, task: ObjectTask): Promise<YamlDrop> {
  const problems: DatasetProblem[] = [];
  const text = (await readText(tree, file, mostYamlBytes)) ?? '';
  const { names, skeleton, splits } = describeDataset(readYaml(text), (problem) => problems.push({ file, ...problem }));
  const images = new Map<string, { split: 'train' | 'val'; labels: readonly ObjectLabel[] }>();
  for (const split of ['train', 'val'] as const) {
    if (splits[split] === null) continue;
    try {
      const dataset = await readObjectDataset(tree, file, { task, splits: [split] });
      problems.push(...dataset.problems.filter((problem) => problem.file !== file));
      for (const { path, labels } of dataset.splits.get(split) ?? []) {
        // An image that both splits name is trained on.
        if (!images.has(path)) images.set(path, { split, labels });
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      problems.push({ file, line: null, found: error.found });
    }
  }
  return { names, skeleton, images, problems };
}
