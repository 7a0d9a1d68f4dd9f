import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { FileTree } from '@/lib/engines/training/dataset/file-tree';

/** The files below a folder of the disk, which is the root of the tree. */
export function diskTree(root: string): FileTree {
  return {
    async list(folder) {
      if (!statSync(root + folder, { throwIfNoEntry: false })?.isDirectory()) return null;
      return readdirSync(root + folder, { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        kind: entry.isDirectory() ? 'folder' : 'file',
      }));
    },
    async read(path) {
      return statSync(root + path, { throwIfNoEntry: false })?.isFile()
        ? new Uint8Array(readFileSync(root + path))
        : null;
    },
  };
}
