import { readdir, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { Fault } from '@/lib/core/fault';

/**
 * What a folder is searched for. Formats that are known but not read are in the list, so that they are reported rather than
 * skipped in silence.
 */
const imageExtensions = new Set(
  ['jpg', 'jpeg', 'jpe', 'jfif', 'png', 'webp', 'gif', 'avif', 'bmp', 'dib', 'heic', 'heif', 'tif', 'tiff', 'jp2'].map(
    (extension) => `.${extension}`,
  ),
);

/** Numbers by value (“frame2” before “frame10”), the same on every machine whatever its language. */
const naturalOrder = new Intl.Collator('en', { numeric: true });

/**
 * The images that a source means: the file itself, or the image files of a folder (not of folders in it) in natural order of
 * their names. Throws a `Fault` (`file-not-found`) when there is nothing.
 */
export async function findImages(source: string, folder: string): Promise<string[]> {
  const path = resolve(folder, source);
  const entry = await stat(path).catch(() => null);
  if (entry === null) {
    throw new Fault({
      code: 'file-not-found',
      found: `The source “${source}” does not exist.`,
      remedy: 'Give an image or a folder of images: --source PATH.',
    });
  }
  if (!entry.isDirectory()) return [path];

  const names = (await readdir(path, { withFileTypes: true }))
    .filter((file) => !file.isDirectory() && imageExtensions.has(extname(file.name).toLowerCase()))
    .map((file) => file.name)
    .sort((a, b) => naturalOrder.compare(a, b) || (a < b ? -1 : 1));
  if (names.length === 0) {
    throw new Fault({
      code: 'file-not-found',
      found: `The folder “${source}” holds no images.`,
      remedy: 'Give one with JPEG, PNG, WebP, GIF, AVIF or BMP files.',
    });
  }
  return names.map((name) => join(path, name));
}
