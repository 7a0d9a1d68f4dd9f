import { readdir, readFile, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { Fault } from '@/lib/core/fault';
import { childOf, type FileTree, type FileTreeEntry, fileTooLarge } from '@/lib/engines/training/dataset/file-tree';

/** Errors of the file system that mean that nothing of that kind is there. */
const absent = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE']);

/** The whole disk as a tree: its paths are absolute ones (see `treePathOf`). Links are followed. */
export const diskFileTree: FileTree = {
  async list(folder) {
    const entries = await orAbsent(folder, readdir(diskPathOf(folder), { withFileTypes: true }));
    if (entries === null) return null;
    const kinds = await Promise.all(
      entries.map((entry) => (entry.isSymbolicLink() ? kindBehindLink(childOf(folder, entry.name)) : kindOf(entry))),
    );
    return entries.flatMap(({ name }, index): FileTreeEntry[] => {
      const kind = kinds[index];
      return kind === null ? [] : [{ name, kind }];
    });
  },

  async read(path, maximumBytes) {
    const disk = diskPathOf(path);
    const found = await orAbsent(path, stat(disk));
    // Pipes and devices are no files: reading one might never end.
    if (!found?.isFile()) return null;
    if (found.size > maximumBytes) throw fileTooLarge(path, found.size, maximumBytes);
    return orAbsent(path, readFile(disk));
  },
};

/** The path in the tree of a path as a person types it in `folder`. */
export function treePathOf(typed: string, folder: string): string {
  const slashed = resolve(folder, typed).replaceAll(sep, '/');
  return slashed.startsWith('/') ? slashed : `/${slashed}`;
}

/** Where Windows has drives, their letter comes first: `/C:/data` is `C:/data`. */
function diskPathOf(path: string): string {
  return sep === '\\' && /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
}

type Typed = { isDirectory(): boolean; isFile(): boolean };

function kindOf(entry: Typed): FileTreeEntry['kind'] | null {
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : null;
}

/** Null for a link that leads nowhere. */
async function kindBehindLink(path: string): Promise<FileTreeEntry['kind'] | null> {
  const target = await stat(diskPathOf(path)).catch(() => null);
  return target && kindOf(target);
}

/** What was asked for, or null where there is no such thing. Throws a `Fault` (`file-not-found`) where it may not be read. */
async function orAbsent<T>(path: string, asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (absent.has(code)) return null;
    throw new Fault(
      {
        code: 'file-not-found',
        found: `${path} cannot be read (${code || String(cause)}).`,
        remedy: 'Check the path and the rights to it.',
      },
      { cause },
    );
  }
}
