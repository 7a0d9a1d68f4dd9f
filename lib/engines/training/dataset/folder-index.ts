import { type FileTree, type FileTreeEntry, nameOf, parentOf } from '@/lib/engines/training/dataset/file-tree';

/** What lies in the folders of a tree, each listed once however often it is asked for. */
export type FolderIndex = {
  /** Sorted by name; null when there is no such folder. */
  list(folder: string): Promise<readonly FileTreeEntry[] | null>;
  hasFile(path: string): Promise<boolean>;
};

type Listing = { readonly entries: readonly FileTreeEntry[]; readonly files: ReadonlySet<string> };

export function createFolderIndex(tree: FileTree): FolderIndex {
  const listings = new Map<string, Promise<Listing | null>>();

  function listing(folder: string): Promise<Listing | null> {
    const known = listings.get(folder);
    if (known) return known;
    const asked = tree.list(folder).then((entries) => entries && sortedListing(entries));
    listings.set(folder, asked);
    return asked;
  }

  return {
    list: async (folder) => (await listing(folder))?.entries ?? null,
    hasFile: async (path) => (await listing(parentOf(path)))?.files.has(nameOf(path)) ?? false,
  };
}

/** By code units, so that the order is the same on every machine. */
function sortedListing(entries: readonly FileTreeEntry[]): Listing {
  return {
    entries: [...entries].sort((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name))),
    files: new Set(entries.filter(({ kind }) => kind === 'file').map(({ name }) => name)),
  };
}
