/// <reference lib="dom.asynciterable" />
import { existingOriginFile, type OriginFolder, removeOriginFile, writeOriginFile } from '@/lib/browser/origin-files';

/** A draft as it was kept: what a page wrote, and the pictures that are still there. */
type ShelvedDraft = {
  readonly text: string;
  readonly pictures: ReadonlyMap<string, File>;
};

/** What is labelled on this machine, until the next visit. One for all tabs: the one that changed last is kept. */
export type DraftShelf = {
  /** Null where there is none. Pictures that no draft speaks of any more are removed. */
  load(hashesOf: (text: string) => ReadonlySet<string>): Promise<ShelvedDraft | null>;
  /** Writes the pictures that are not there yet, then the text. Rejects when the storage is full; the draft before stays whole. */
  keep(text: string, pictures: ReadonlyMap<string, Blob>): Promise<void>;
  discard(): Promise<void>;
};

const folderName = 'training-draft';
const textName = 'draft.json';

/** Names of pictures: the SHA-256 of the file. */
const pictureName = /^[0-9a-f]{64}$/;

/** Beyond it lies no draft that this page wrote. */
const mostTextBytes = 64 * 2 ** 20;

/** Opens the shelf in the browser's origin-private file system. Rejects where the browser offers none. */
export async function openDraftShelf(storage: Pick<StorageManager, 'getDirectory'>): Promise<DraftShelf> {
  const root = await storage.getDirectory();
  return draftShelf(await root.getDirectoryHandle(folderName, { create: true }));
}

export function draftShelf(folder: OriginFolder): DraftShelf {
  async function removePictures(isKept: (hash: string) => boolean): Promise<void> {
    const names: string[] = [];
    for await (const name of folder.keys()) if (pictureName.test(name) && !isKept(name)) names.push(name);
    for (const name of names) await removeOriginFile(folder, name);
  }

  return {
    async load(hashesOf) {
      const file = await existingOriginFile(folder, textName);
      if (file === null) return null;
      const text = file.size > mostTextBytes ? '' : await file.text();
      const hashes = hashesOf(text);
      await removePictures((hash) => hashes.has(hash));
      const pictures = new Map<string, File>();
      for (const hash of hashes) {
        const picture = pictureName.test(hash) ? await existingOriginFile(folder, hash) : null;
        // A file that was begun and never closed is empty.
        if (picture !== null && picture.size > 0) pictures.set(hash, picture);
      }
      return { text, pictures };
    },

    async keep(text, pictures) {
      for (const [hash, picture] of pictures) {
        const there = await existingOriginFile(folder, hash);
        if (there === null || there.size !== picture.size) await writeOriginFile(folder, hash, picture);
      }
      await writeOriginFile(folder, textName, text);
    },

    async discard() {
      await removeOriginFile(folder, textName);
      await removePictures(() => false);
    },
  };
}
