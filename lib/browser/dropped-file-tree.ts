import type { DroppedFile } from '@/lib/browser/dropped-files';
import { Fault } from '@/lib/core/fault';
import {
  type FileTree,
  type FileTreeEntry,
  fileTooLarge,
  nameOf,
  parentOf,
  resolvePath,
} from '@/lib/engines/training/dataset/file-tree';

/** Dropped files as a tree: their paths start at its root, folders are those that the paths name. */
export function droppedFileTree(dropped: readonly DroppedFile[]): FileTree {
  const files = new Map<string, File>();
  const folders = new Map<string, Map<string, FileTreeEntry>>([['/', new Map()]]);
  for (const { file, path } of dropped) {
    const absolute = resolvePath('/', path);
    files.set(absolute, file);
    enter(folders, absolute, 'file');
  }
  return {
    async list(folder) {
      const entries = folders.get(folder);
      return entries ? [...entries.values()] : null;
    },
    async read(path, maximumBytes) {
      const file = files.get(path);
      if (!file) return null;
      if (file.size > maximumBytes) throw fileTooLarge(path, file.size, maximumBytes);
      return bytesOf(file);
    },
  };
}

/** Puts an entry into its folder, and the folder into its own, up to the root. */
function enter(folders: Map<string, Map<string, FileTreeEntry>>, path: string, kind: FileTreeEntry['kind']): void {
  let entry: FileTreeEntry = { name: nameOf(path), kind };
  for (let folder = parentOf(path), below = path; below !== '/'; below = folder, folder = parentOf(folder)) {
    const known = folders.get(folder);
    if (known) {
      known.set(entry.name, entry);
      return;
    }
    folders.set(folder, new Map([[entry.name, entry]]));
    entry = { name: nameOf(folder), kind: 'folder' };
  }
}

async function bytesOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new Fault(
      {
        code: 'file-not-found',
        found: `${file.name} can no longer be read: it was moved, changed or removed since it was dropped.`,
        remedy: 'Drop the folder again.',
      },
      { cause },
    );
  }
}
