import { Fault } from '@/lib/core/fault';
import type { SplitName } from '@/lib/engines/training/dataset/dataset-description';
import { createProblemLog, type DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';
import { childOf, type FileTree, resolvePath } from '@/lib/engines/training/dataset/file-tree';
import { createFolderIndex } from '@/lib/engines/training/dataset/folder-index';
import { type ImageSearch, imagesBelow } from '@/lib/engines/training/dataset/list-images';

/** An image and its class. */
type ClassifiedFile = { readonly path: string; readonly classId: number };

/** A data set for classification: `split/class/image`. */
export type ClassDataset = {
  readonly task: 'classify';
  /** Names of the class folders in order of their code units, as torchvision numbers them. */
  readonly names: readonly string[];
  /** The splits that were asked for. */
  readonly splits: ReadonlyMap<SplitName, readonly ClassifiedFile[]>;
  readonly problems: readonly DatasetProblem[];
  readonly problemCount: number;
};

/** Names under which a split's folder is found. */
const folderNames: Readonly<Record<SplitName, readonly string[]>> = {
  train: ['train'],
  val: ['val', 'valid', 'validation'],
  test: ['test'],
};

/**
 * Finds the images of a classification data set. Classes are the folders of the training split (of the first split asked for, where
 * there is none); images of other classes are skipped and told. Throws a `Fault`: `file-not-found` without the folder of a split
 * that is asked for, `input-invalid` where a split has no class folders or no image.
 */
export async function readClassFolders(
  tree: FileTree,
  root: string,
  { splits }: { readonly splits: readonly SplitName[] },
): Promise<ClassDataset> {
  const search: ImageSearch = { tree, index: createFolderIndex(tree), log: createProblemLog() };
  const folders = new Map<SplitName, string>();
  for (const split of splits) folders.set(split, await folderOfSplit(search, root, split));
  const classFolder = (await findSplit(search, root, 'train')) ?? [...folders.values()][0];
  const names = classFolder === undefined ? [] : await classesIn(search, classFolder);

  const found = new Map<SplitName, readonly ClassifiedFile[]>();
  for (const [split, folder] of folders) found.set(split, await imagesOfSplit(search, folder, names));
  return { task: 'classify', names, splits: found, problems: search.log.problems, problemCount: search.log.count };
}

async function folderOfSplit(search: ImageSearch, root: string, split: SplitName): Promise<string> {
  const folder = await findSplit(search, root, split);
  if (folder !== null) return folder;
  throw new Fault({
    code: 'file-not-found',
    found: `A folder “${folderNames[split].join('” or “')}” was expected in ${root}, and there is none.`,
    remedy: 'Lay images out as split/class/image, for example train/cat/1.jpg and val/cat/2.jpg.',
  });
}

async function findSplit({ index }: ImageSearch, root: string, split: SplitName): Promise<string | null> {
  for (const name of folderNames[split]) {
    const folder = resolvePath(root, name);
    if ((await index.list(folder)) !== null) return folder;
  }
  return null;
}

async function classesIn({ index }: ImageSearch, folder: string): Promise<string[]> {
  const entries = (await index.list(folder)) ?? [];
  return entries.filter(({ kind, name }) => kind === 'folder' && !name.startsWith('.')).map(({ name }) => name);
}

async function imagesOfSplit(search: ImageSearch, folder: string, names: readonly string[]): Promise<ClassifiedFile[]> {
  const files: ClassifiedFile[] = [];
  for (const name of await classesIn(search, folder)) {
    const classId = names.indexOf(name);
    if (classId < 0) {
      search.log.add({
        file: childOf(folder, name),
        line: null,
        found: `The training images have no class “${name}”. The folder was skipped.`,
      });
      continue;
    }
    for (const path of await imagesBelow(search, childOf(folder, name))) files.push({ path, classId });
  }
  if (files.length > 0) return files;
  throw new Fault({
    code: 'input-invalid',
    found: `${folder} was expected to hold a folder of images for each class, and there is no image that can be read.`,
    remedy: 'Lay images out as split/class/image, for example train/cat/1.jpg.',
  });
}
