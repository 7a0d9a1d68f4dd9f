/// <reference lib="dom.asynciterable" />
import { blobSha256 } from '@/lib/browser/blob-sha256';
import { existingOriginFile, type OriginFolder, removeOriginFile, writeOriginFile } from '@/lib/browser/origin-files';

const folderName = 'conversions';

/** A conversion is written before its model is remembered; one this young may belong to a model that is about to be. */
const youngMilliseconds = 3_600_000;

/** How a conversion was made: by which version of the converter, with which options. */
export type Recipe = { readonly version: number; readonly options: Readonly<Record<string, unknown>> };

/** The ONNX files that checkpoints became on this machine, found by the SHA-256 of the checkpoint and how they were made. */
export type ConversionShelf = {
  find(modelId: string, recipe: Recipe): Promise<Blob | null>;
  /** Keeps a conversion in place of all others of this checkpoint. */
  keep(modelId: string, recipe: Recipe, onnx: Blob): Promise<void>;
  /** Forgets every conversion of a checkpoint. */
  remove(modelId: string): Promise<void>;
  /** Forgets the conversions of checkpoints that are not kept, unless they have just been made. */
  sweep(keptIds: ReadonlySet<string>): Promise<void>;
};

/**
 * Opens the conversions in the browser's origin-private file system, from a page or a worker. Rejects where the browser offers no
 * such file system.
 */
export async function openConversionShelf(storage: Pick<StorageManager, 'getDirectory'>): Promise<ConversionShelf> {
  const root = await storage.getDirectory();
  return conversionShelf(await root.getDirectoryHandle(folderName, { create: true }));
}

/** The conversions in a folder, `<SHA-256>.<recipe>.onnx`. */
export function conversionShelf(folder: OriginFolder, now: () => number = Date.now): ConversionShelf {
  async function removeWhere(isUnwanted: (name: string) => boolean | Promise<boolean>): Promise<void> {
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    for (const name of names) if (await isUnwanted(name)) await removeOriginFile(folder, name);
  }

  async function isOld(name: string): Promise<boolean> {
    const file = await existingOriginFile(folder, name);
    return file !== null && now() - file.lastModified > youngMilliseconds;
  }

  return {
    find: async (modelId, recipe) => {
      const file = await existingOriginFile(folder, await nameOf(modelId, recipe));
      // A file is made empty before it is written.
      return file !== null && file.size > 0 ? file : null;
    },

    async keep(modelId, recipe, onnx) {
      const name = await nameOf(modelId, recipe);
      await removeWhere((other) => other !== name && modelOf(other) === modelId);
      try {
        await writeOriginFile(folder, name, onnx);
      } catch (error) {
        await removeOriginFile(folder, name);
        throw error;
      }
    },

    remove: (modelId) => removeWhere((name) => modelOf(name) === modelId),

    sweep: (keptIds) => removeWhere((name) => !keptIds.has(modelOf(name)) && isOld(name)),
  };
}

async function nameOf(modelId: string, recipe: Recipe): Promise<string> {
  const options = Object.entries(recipe.options).sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = await blobSha256(new Blob([JSON.stringify([recipe.version, options])]));
  return `${modelId}.${digest.slice(0, 16)}.onnx`;
}

function modelOf(name: string): string {
  return name.split('.')[0] ?? '';
}
