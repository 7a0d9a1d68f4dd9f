import { type FileTree, type FileTreeEntry, nameOf, parentOf } from '@/lib/engines/training/dataset/file-tree';

/** Files in memory, by absolute path; their folders exist by themselves. `listed` gathers which folders were asked for. */
export function memoryTree(files: Readonly<Record<string, string>>, listed: string[] = []): FileTree {
  const folders = new Map<string, Map<string, FileTreeEntry>>([['/', new Map()]]);
  const enter = (path: string, kind: FileTreeEntry['kind']): void => {
    if (path === '/') return;
    const folder = parentOf(path);
    if (!folders.has(folder)) folders.set(folder, new Map());
    folders.get(folder)?.set(nameOf(path), { name: nameOf(path), kind });
    enter(folder, 'folder');
  };
  for (const path of Object.keys(files)) enter(path, 'file');
  return {
    async list(folder) {
      listed.push(folder);
      const entries = folders.get(folder);
      return entries === undefined ? null : [...entries.values()].reverse();
    },
    async read(path) {
      return files[path] === undefined ? null : new TextEncoder().encode(files[path]);
    },
  };
}
