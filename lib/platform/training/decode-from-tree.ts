import sharp from 'sharp';
import { Fault } from '@/lib/core/fault';
import type { DecodeImage } from '@/lib/engines/training/batch/image-cache';
import type { FileTree } from '@/lib/engines/training/dataset/file-tree';
import { decodeImageFile } from '@/lib/platform/images/sharp-decoder';

/** The pixels of the largest image that is read, stored plainly with four bytes each: no sensible file is larger. */
const maximumImageBytes = 2 ** 29;

/** Decodes images of a data set. Rejects with the `Fault`s of the tree and of `decodeImageFile`. */
export function decodeFromTree(tree: FileTree): DecodeImage {
  // One thread an image: splitting the work of a small one costs more than it gains, and training has the other cores.
  sharp.concurrency(1);
  sharp.cache(false);
  return async (path) => {
    const bytes = await tree.read(path, maximumImageBytes);
    if (bytes) return decodeImageFile(bytes);
    throw new Fault({
      code: 'file-not-found',
      found: 'The image no longer exists.',
      remedy: 'Put it back, or take its label file away.',
    });
  };
}
