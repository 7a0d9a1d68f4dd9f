import { Fault } from '@/lib/core/fault';
import type { ProblemLog } from '@/lib/engines/training/dataset/dataset-problem';
import {
  childOf,
  type FileTree,
  nameOf,
  parentOf,
  readText,
  resolvePath,
} from '@/lib/engines/training/dataset/file-tree';
import type { FolderIndex } from '@/lib/engines/training/dataset/folder-index';
import { imageKind } from '@/lib/engines/training/dataset/image-files';

/** Where images are looked for, and where problems go. */
export type ImageSearch = {
  readonly tree: FileTree;
  readonly index: FolderIndex;
  readonly log: ProblemLog;
};

/** Folders within folders; a link that leads back to its own parent must not be followed for ever. */
const maximumDepth = 16;

/** A list of some million images. */
const maximumListBytes = 128 * 2 ** 20;

/**
 * The images that one entry of a split names: all images in a folder and below it, or those that a text file lists. Null when
 * there is neither.
 */
export async function listImages(search: ImageSearch, root: string, written: string): Promise<string[] | null> {
  const path = resolvePath(root, written);
  if ((await search.index.list(path)) !== null) return imagesBelow(search, path);
  if (!path.toLowerCase().endsWith('.txt')) return null;
  const text = await readText(search.tree, path, maximumListBytes);
  return text === null ? null : listedImages(search, root, path, text);
}

/** The images in a folder and below it, in order of their paths within each folder. */
export async function imagesBelow(search: ImageSearch, folder: string, depth = 0): Promise<string[]> {
  if (depth > maximumDepth) {
    throw new Fault({
      code: 'input-invalid',
      found: `The folder ${folder} lies more than ${maximumDepth} levels below its split.`,
      remedy: 'Name the folder that holds the images, and remove links that lead in circles.',
    });
  }
  const images: string[] = [];
  for (const { name, kind } of (await search.index.list(folder)) ?? []) {
    const path = childOf(folder, name);
    if (kind === 'folder') {
      for (const image of await imagesBelow(search, path, depth + 1)) images.push(image);
    } else if (isReadable(search, path, path, null)) images.push(path);
  }
  return images;
}

/** Lines are paths from the list's own folder, or from that of the data set. */
async function listedImages(search: ImageSearch, root: string, file: string, text: string): Promise<string[]> {
  const images = new Set<string>();
  for (const [at, written] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = at + 1;
    if (written.trim() === '' || !isReadable(search, written.trim(), file, line)) continue;
    const near = resolvePath(parentOf(file), written);
    const image = (await search.index.hasFile(near)) ? near : resolvePath(root, written);
    if (images.has(image))
      search.log.add({ file, line, found: 'The same image stands in the list twice. It is taken once.' });
    else if (await search.index.hasFile(image)) images.add(image);
    else
      search.log.add({ file, line, found: `There is no image ${nameOf(image)} where the list says. It was skipped.` });
  }
  return [...images];
}

function isReadable({ log }: ImageSearch, image: string, file: string, line: number | null): boolean {
  const kind = imageKind(image);
  if (kind === 'undecoded') {
    log.add({
      file,
      line,
      found: `${nameOf(image)} is in a format that is not decoded. It was skipped; save it as PNG or JPEG.`,
    });
  }
  return kind === 'decoded';
}
