import { Fault } from '@/lib/core/fault';
import {
  type DatasetDescription,
  describeDataset,
  type Skeleton,
  type SplitName,
} from '@/lib/engines/training/dataset/dataset-description';
import { createProblemLog, type DatasetProblem, type ProblemLog } from '@/lib/engines/training/dataset/dataset-problem';
import { type FileTree, nameOf, parentOf, readText, resolvePath } from '@/lib/engines/training/dataset/file-tree';
import { createFolderIndex } from '@/lib/engines/training/dataset/folder-index';
import type { LabelRule } from '@/lib/engines/training/dataset/label-rule';
import { type ImageSearch, listImages } from '@/lib/engines/training/dataset/list-images';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';
import { type LabelledImage, readLabelFiles } from '@/lib/engines/training/dataset/read-label-files';
import { readYaml } from '@/lib/engines/training/dataset/yaml/read-yaml';

/** A data set of objects in YOLO layout, its labels read and its images only found. */
export type ObjectDataset = {
  readonly task: ObjectTask;
  readonly names: readonly string[];
  /** Set for pose. */
  readonly skeleton: Skeleton | null;
  /** The splits that were asked for. */
  readonly splits: ReadonlyMap<SplitName, readonly LabelledImage[]>;
  /** The first ten thousand problems, and how many there were in all. */
  readonly problems: readonly DatasetProblem[];
  readonly problemCount: number;
};

type DatasetRequest = {
  readonly task: ObjectTask;
  /** Splits that are needed; the others are not looked at. */
  readonly splits: readonly SplitName[];
  readonly signal?: AbortSignal;
};

/** A description names classes and folders; ImageNet's 21,000 names take half a megabyte. */
const maximumDescriptionBytes = 4 * 2 ** 20;

/**
 * Reads the labels of a data set that a data.yaml describes. What is wrong with single images, files and lines is skipped and told
 * among the problems. Throws a `Fault` where nothing can be made of the whole: `file-not-found` (the description, a split that is
 * asked for), `input-invalid` (a description that cannot be read, a split without images, or without any label).
 *
 * @param file Path of the data.yaml in the tree.
 */
export async function readObjectDataset(tree: FileTree, file: string, request: DatasetRequest): Promise<ObjectDataset> {
  const search: ImageSearch = { tree, index: createFolderIndex(tree), log: createProblemLog() };
  const text = await readText(tree, file, maximumDescriptionBytes);
  if (text === null) throw missing(`There is no file ${file}.`);
  const description = describeDataset(readYaml(text), (problem) => search.log.add({ file, ...problem }));
  const rule = labelRule(request.task, description);
  const roots = await rootsOf(search, file, description);

  const splits = new Map<SplitName, readonly LabelledImage[]>();
  for (const split of request.splits) {
    const images = await imagesOfSplit(search, roots, description, split);
    const known = search.log.count;
    const labelled = await readLabelFiles(search, images, rule, request.signal);
    requireLabels(split, labelled, search.log, known);
    splits.set(split, labelled);
  }
  return {
    task: request.task,
    names: description.names,
    skeleton: request.task === 'pose' ? description.skeleton : null,
    splits,
    problems: search.log.problems,
    problemCount: search.log.count,
  };
}

function labelRule(task: ObjectTask, { names, skeleton }: DatasetDescription): LabelRule {
  if (task === 'pose' && skeleton === null) {
    throw new Fault({
      code: 'input-invalid',
      found: 'Keypoints were asked for, and data.yaml has no kpt_shape.',
      remedy: 'Add kpt_shape: [number of keypoints, 2 or 3], or choose another task.',
    });
  }
  return { task, classCount: names.length, keypoints: task === 'pose' && skeleton ? skeleton.keypoints : null };
}

/** Folders that entries of a split may start from, the likeliest first. */
async function rootsOf({ index, log }: ImageSearch, file: string, { path }: DatasetDescription): Promise<string[]> {
  const own = parentOf(file);
  if (path === null) return [own];
  const named = resolvePath(own, path);
  if ((await index.list(named)) !== null) return [named, own];
  log.add({
    file,
    line: null,
    found: `There is no folder ${named}, which “path” names. The folder of ${nameOf(file)} was taken in its place.`,
  });
  return [own];
}

async function imagesOfSplit(
  search: ImageSearch,
  roots: readonly string[],
  { splits }: DatasetDescription,
  split: SplitName,
): Promise<string[]> {
  const written = splits[split];
  if (written === null) throw missing(`data.yaml names no images for the split “${split}”.`);
  const images = new Set<string>();
  for (const entry of written) {
    const found = await imagesOfEntry(search, roots, entry);
    if (found === null)
      throw missing(`There is no folder or list of images “${entry}”, which data.yaml names for “${split}”.`);
    for (const image of found) images.add(image);
  }
  if (images.size > 0) return [...images];
  throw new Fault({
    code: 'input-invalid',
    found: `The split “${split}” was expected to hold images, and there is none that can be read in ${written.join(', ')}.`,
    remedy: 'Put PNG or JPEG images there, or correct the entry in data.yaml.',
  });
}

/** Exports of Roboflow write `../train/images` and mean the folder beside data.yaml: the package too drops the dots where need be. */
async function imagesOfEntry(search: ImageSearch, roots: readonly string[], entry: string): Promise<string[] | null> {
  const spellings = entry.startsWith('../') ? [entry, entry.slice(3)] : [entry];
  for (const spelling of spellings) {
    for (const root of roots) {
      const images = await listImages(search, root, spelling);
      if (images !== null) return images;
    }
  }
  return null;
}

/** Throws where a split has nothing to learn from, or to be measured on; `known` problems were there before it was read. */
function requireLabels(split: SplitName, images: readonly LabelledImage[], log: ProblemLog, known: number): void {
  if (images.some(({ labels }) => labels.length > 0)) return;
  const count = log.count - known;
  const [first] = log.problems.slice(known);
  const example =
    first && `, the first in ${first.file}${first.line === null ? '' : `, line ${first.line}`}: ${first.found}`;
  const why =
    count === 0
      ? 'there are no label files where the images’ “labels” folders should be'
      : `${count} problem${count === 1 ? ' was' : 's were'} found${example ?? ''}`;
  throw new Fault({
    code: 'input-invalid',
    found: `None of the images of the split “${split}” (${images.length}) has a label that fits the task: ${why.replace(/\.$/, '')}.`,
    remedy: 'Check the task and the label files: images/x.jpg belongs to labels/x.txt.',
  });
}

function missing(found: string): Fault {
  return new Fault({
    code: 'file-not-found',
    found,
    remedy: 'Check the names in data.yaml; paths count from its “path”, or from the folder it lies in.',
  });
}
