import { readYamlDrop } from '@/components/train/intake/read-yaml-drop';
import { droppedFileTree } from '@/lib/browser/dropped-file-tree';
import type { DroppedFile } from '@/lib/browser/dropped-files';
import type { TrainableTask } from '@/lib/browser/training/training-job';
import type { Skeleton } from '@/lib/engines/training/dataset/dataset-description';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';
import { nameOf, parentOf, resolvePath } from '@/lib/engines/training/dataset/file-tree';
import type { ObjectLabel, ObjectTask } from '@/lib/engines/training/dataset/object-label';
import { readLabels } from '@/lib/engines/training/dataset/read-labels';

/** What a picture's labels are known by: its path without the ending. */
type ImageName = { readonly name: string };

/** What labels of an image were found; null where nothing is said of it. */
export type FoundLabels =
  | { readonly kind: 'objects'; readonly objects: readonly ObjectLabel[] }
  | { readonly kind: 'class'; readonly classId: number };

type ReadImage = DroppedFile & { readonly split: 'train' | 'val' | null; readonly found: FoundLabels | null };

/** What a drop of pictures and label files came to. */
export type ReadDrop = {
  readonly images: readonly ReadImage[];
  /** Labels for pictures that were there before, by their names. */
  readonly labelsOfKnown: ReadonlyMap<string, FoundLabels>;
  /** Other class names than before; null where the drop says nothing of them. */
  readonly names: readonly string[] | null;
  readonly skeleton: Skeleton | null;
  readonly problems: readonly DatasetProblem[];
};

export type DropContext = {
  readonly task: TrainableTask;
  readonly names: readonly string[];
  readonly skeleton: Skeleton | null;
  /** Pictures on the page. */
  readonly known: readonly ImageName[];
};

export type DroppedParts = {
  readonly images: readonly DroppedFile[];
  /** Files that are neither pictures nor models: labels, descriptions, and what else lay there. */
  readonly others: readonly DroppedFile[];
};

/** Labels of one image; the largest outlines make some hundred kilobytes. */
const mostLabelBytes = 16 * 2 ** 20;

/** With no names to go by, ids up to here are taken and get names of their own. */
const mostNamelessClasses = 1000;

/** Text files that lie beside labels and are none. */
const noLabels = /^(?:readme.*|requirements|license|notes?)\.txt$/i;

/**
 * Reads labels for dropped pictures, and for those that are there already. A data.yaml with its folders is read as the command line
 * reads it; else label files belong to the pictures of their name, and for whole images the folder is the class. What is wrong with
 * single files and lines is skipped and told.
 */
export async function readDrop(parts: DroppedParts, context: DropContext): Promise<ReadDrop> {
  if (context.task === 'classify') return classesByFolder(parts, context);
  const yaml = parts.others.find(({ path }) => /\.ya?ml$/i.test(path));
  if (!yaml) return labelsByName(parts, { ...context, task: context.task }, []);
  const tree = droppedFileTree([...parts.images, ...parts.others]);
  const read = await readYamlDrop(tree, resolvePath('/', yaml.path), context.task);
  const named = { ...context, task: context.task, names: read.names, skeleton: read.skeleton };
  if (read.images.size === 0) {
    const byName = await labelsByName(parts, named, read.problems);
    return { ...byName, names: read.names, skeleton: read.skeleton };
  }
  const images = parts.images.flatMap((image): ReadImage[] => {
    const labelled = read.images.get(resolvePath('/', image.path));
    if (!labelled) return [];
    const { split, labels } = labelled;
    // A set that was labelled as a whole says of a picture without labels that it is background.
    return [{ ...image, split, found: { kind: 'objects', objects: labels } }];
  });
  return { ...emptyDrop, images, names: read.names, skeleton: read.skeleton, problems: read.problems };
}

const emptyDrop: ReadDrop = { images: [], labelsOfKnown: new Map(), names: null, skeleton: null, problems: [] };

async function labelsByName(
  { images, others }: DroppedParts,
  { task, names, skeleton, known }: DropContext & { readonly task: ObjectTask },
  earlier: readonly DatasetProblem[],
): Promise<ReadDrop> {
  const problems = [...earlier];
  const listed = await classesFile(others);
  const given = names.length > 0 ? names : (listed ?? []);
  const classCount = given.length > 0 ? given.length : mostNamelessClasses;
  const keypoints = task === 'pose' ? (skeleton?.keypoints ?? null) : null;
  const found = new Map<string, FoundLabels>();
  const stems = new Set([...images.map(({ path }) => path), ...known.map(({ name }) => name)].map(stemOf));
  for (const { file, path } of others.filter(isLabelFile)) {
    if (!stems.has(stemOf(path))) {
      problems.push({ file: path, line: null, found: `There is no picture called ${stemOf(path)} for these labels.` });
    } else if (file.size > mostLabelBytes) {
      problems.push({ file: path, line: null, found: 'The file is far larger than labels of one picture can be.' });
    } else {
      const { labels, wrong } = readLabels(await file.text(), { task, classCount, keypoints });
      problems.push(...wrong.map((problem) => ({ file: path, ...problem })));
      found.set(stemOf(path), { kind: 'objects', objects: labels });
    }
  }
  const labelsOfKnown = new Map(
    known.flatMap(({ name }) => {
      const labels = found.get(stemOf(name));
      return labels ? [[name, labels] as const] : [];
    }),
  );
  return {
    ...emptyDrop,
    images: images.map((image) => ({
      ...image,
      split: splitOf(image.path),
      found: found.get(stemOf(image.path)) ?? null,
    })),
    labelsOfKnown,
    names: names.length > 0 ? null : (listed ?? inventedNames(found)),
    problems,
  };
}

/** Folders are classes: `cat/1.jpg`, `train/cat/1.jpg`. */
function classesByFolder({ images }: DroppedParts, { names }: DropContext): ReadDrop {
  const folders = images.map(({ path }) => classFolder(path));
  const fresh = [...new Set(folders.filter((name) => name !== null))].filter((name) => !names.includes(name)).sort();
  const all = [...names, ...fresh];
  return {
    ...emptyDrop,
    names: fresh.length > 0 ? all : null,
    images: images.map((image, index) => {
      const folder = folders[index];
      const found = folder === null ? null : ({ kind: 'class', classId: all.indexOf(folder) } as const);
      return { ...image, split: splitOf(image.path), found };
    }),
  };
}

const splitFolders: ReadonlyMap<string, 'train' | 'val'> = new Map([
  ['train', 'train'],
  ['val', 'val'],
  ['valid', 'val'],
  ['validation', 'val'],
]);

function splitOf(path: string): 'train' | 'val' | null {
  const folders = parentOf(`/${path}`).split('/');
  return folders.map((folder) => splitFolders.get(folder.toLowerCase())).find((split) => split !== undefined) ?? null;
}

function classFolder(path: string): string | null {
  const folder = nameOf(parentOf(`/${path}`));
  return folder === '' || folder === 'images' || splitFolders.has(folder.toLowerCase()) ? null : folder;
}

/** A text file with the name of each class in its line, as annotation programs write it. */
async function classesFile(others: readonly DroppedFile[]): Promise<string[] | null> {
  const listed = others.find(({ path }) => /^(?:classes|obj\.names)(?:\.txt)?$/i.test(nameOf(`/${path}`)));
  if (!listed || listed.file.size > mostLabelBytes) return null;
  const names = (await listed.file.text()).split(/\r?\n/).map((line) => line.trim());
  const unique = [...new Set(names.filter((name) => name !== ''))].slice(0, mostNamelessClasses);
  return unique.length > 0 ? unique : null;
}

function inventedNames(found: ReadonlyMap<string, FoundLabels>): string[] | null {
  const ids = [...found.values()].flatMap((labels) =>
    labels.kind === 'objects' ? labels.objects.map(({ classId }) => classId) : [],
  );
  if (ids.length === 0) return null;
  return Array.from({ length: Math.max(...ids) + 1 }, (_, classId) => `class${classId}`);
}

function isLabelFile({ path }: DroppedFile): boolean {
  const name = nameOf(`/${path}`);
  return /\.txt$/i.test(name) && !/^classes\.txt$/i.test(name) && !noLabels.test(name);
}

function stemOf(path: string): string {
  return nameOf(`/${path}`).replace(/\.[^.]*$/, '');
}
