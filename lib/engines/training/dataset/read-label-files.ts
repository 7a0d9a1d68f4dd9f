import { Fault } from '@/lib/core/fault';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';
import { nameOf, readText } from '@/lib/engines/training/dataset/file-tree';
import type { LabelRule } from '@/lib/engines/training/dataset/label-rule';
import type { ImageSearch } from '@/lib/engines/training/dataset/list-images';
import type { ObjectLabel } from '@/lib/engines/training/dataset/object-label';
import { readLabels } from '@/lib/engines/training/dataset/read-labels';

/** An image and what is labelled in it; no labels make it a background. */
export type LabelledImage = { readonly path: string; readonly labels: readonly ObjectLabel[] };

/** Files that are asked for at a time: enough to keep a disk busy, few enough not to run out of handles. */
const filesAtOnce = 64;

/** Labels of one image; the largest outlines make some hundred kilobytes. */
const maximumLabelBytes = 16 * 2 ** 20;

type ReadImage = { readonly image: LabelledImage | null; readonly problems: readonly DatasetProblem[] };

/** The labels of images, in their order. An image without a label file is background; one whose file cannot be read is left out. */
export async function readLabelFiles(
  search: ImageSearch,
  images: readonly string[],
  rule: LabelRule,
  signal?: AbortSignal,
): Promise<LabelledImage[]> {
  const labelled: LabelledImage[] = [];
  for (let start = 0; start < images.length; start += filesAtOnce) {
    signal?.throwIfAborted();
    const read = await Promise.all(
      images.slice(start, start + filesAtOnce).map((path) => readImage(search, path, rule)),
    );
    for (const { image, problems } of read) {
      for (const problem of problems) search.log.add(problem);
      if (image !== null) labelled.push(image);
    }
  }
  return labelled;
}

async function readImage(search: ImageSearch, path: string, rule: LabelRule): Promise<ReadImage> {
  const file = await labelFileOf(search, path);
  if (file === null) return { image: { path, labels: [] }, problems: [] };
  try {
    const { labels, wrong } = readLabels((await readText(search.tree, file, maximumLabelBytes)) ?? '', rule);
    return { image: { path, labels }, problems: wrong.map((problem) => ({ file, ...problem })) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { image: null, problems: [{ file, line: null, found: `${error.found} Its image was left out.` }] };
  }
}

/** `…/images/….jpg` belongs to `…/labels/….txt`; in Darknet's layout labels lie beside images. */
async function labelFileOf({ index }: ImageSearch, image: string): Promise<string | null> {
  const beside = `${image.slice(0, image.length - nameOf(image).length)}${stemOf(nameOf(image))}.txt`;
  const at = beside.lastIndexOf('/images/');
  const apart = at < 0 ? beside : `${beside.slice(0, at)}/labels/${beside.slice(at + '/images/'.length)}`;
  if (await index.hasFile(apart)) return apart;
  return apart !== beside && (await index.hasFile(beside)) ? beside : null;
}

function stemOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
}
