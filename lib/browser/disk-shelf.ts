/// <reference lib="dom.asynciterable" />
import type { Shelf, StoredModel } from '@/lib/browser/model-shelf';
import { existingOriginFile, removeOriginFile, writeOriginFile } from '@/lib/browser/origin-files';

const folderName = 'models';

/**
 * A shelf in the browser's origin-private file system: `<id>.onnx` and `<id>.json` for each model; the first is named so whatever
 * the model's format is, since models have been kept under that name. There is no common index: two tabs never write one file,
 * except for the same model, and that under a lock. A file counts when its record stands beside it and agrees on the size.
 *
 * Rejects where the browser offers no such file system.
 */
export async function createDiskShelf(
  storage: Pick<StorageManager, 'getDirectory'> | null,
  locks: Pick<LockManager, 'request'> | undefined = navigator.locks,
): Promise<Shelf> {
  if (!storage) throw new Error('This browser has no storage manager.');
  const root = await storage.getDirectory();
  const folder = await root.getDirectoryHandle(folderName, { create: true });
  await provesWritable(folder);

  async function exclusively(id: string, work: () => Promise<void>): Promise<void> {
    if (locks) await locks.request(`sightline model ${id}`, work);
    else await work();
  }

  async function readRecord(id: string): Promise<StoredModel | null> {
    const text = await (await existingOriginFile(folder, recordName(id)))?.text();
    const record = text === undefined ? null : parsedRecord(text);
    const file = record ? await existingOriginFile(folder, fileName(id)) : null;
    return record?.id === id && file?.size === record.sizeBytes ? record : null;
  }

  return {
    async list() {
      const records: StoredModel[] = [];
      for await (const name of folder.keys()) {
        const record = name.endsWith('.json') ? await readRecord(name.slice(0, -'.json'.length)) : null;
        if (record) records.push(record);
      }
      return records;
    },

    put: (record, file) =>
      exclusively(record.id, async () => {
        try {
          await writeOriginFile(folder, fileName(record.id), file);
          await writeOriginFile(folder, recordName(record.id), JSON.stringify(record));
        } catch (error) {
          await removeBoth(folder, record.id);
          throw error;
        }
      }),

    file: (id) => existingOriginFile(folder, fileName(id)),

    update: (id, change) =>
      exclusively(id, async () => {
        const record = await readRecord(id);
        if (record) await writeOriginFile(folder, recordName(id), JSON.stringify(change(record)));
      }),

    remove: (id) => exclusively(id, () => removeBoth(folder, id)),
  };
}

function fileName(id: string): string {
  return `${id}.onnx`;
}

function recordName(id: string): string {
  return `${id}.json`;
}

/** Some browsers have the file system but cannot write to it from a page. */
async function provesWritable(folder: FileSystemDirectoryHandle): Promise<void> {
  const name = `probe-${crypto.randomUUID()}`;
  await writeOriginFile(folder, name, '');
  await folder.removeEntry(name).catch(() => undefined);
}

/** The record goes first: a file without one is not listed. */
async function removeBoth(folder: FileSystemDirectoryHandle, id: string): Promise<void> {
  await removeOriginFile(folder, recordName(id));
  await removeOriginFile(folder, fileName(id));
}

/** Records come from disk, where another version of this program, or a crash, may have left something else. */
function parsedRecord(text: string): StoredModel | null {
  try {
    const value: unknown = JSON.parse(text);
    return isStoredModel(value) ? value : null;
  } catch {
    return null;
  }
}

function isStoredModel(value: unknown): value is StoredModel {
  if (typeof value !== 'object' || value === null) return false;
  const record: Partial<Record<keyof StoredModel, unknown>> = value;
  return (
    typeof record.id === 'string' &&
    typeof record.name === 'string' &&
    typeof record.sizeBytes === 'number' &&
    typeof record.addedAt === 'number' &&
    (record.readingIndex === null || Number.isInteger(record.readingIndex))
  );
}
