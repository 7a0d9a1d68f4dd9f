/// <reference lib="dom.asynciterable" />
import type { Shelf, StoredModel } from '@/lib/browser/model-shelf';

const folderName = 'models';

/**
 * A shelf in the browser's origin-private file system: `<id>.onnx` and `<id>.json` for each model. There is no common index: two tabs
 * never write one file, except for the same model, and that under a lock. A file counts when its record stands beside it and
 * agrees on the size, so that a write cut short leaves nothing that looks whole; the system writes to a copy that replaces the file on close.
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
    const text = await (await existingFile(folder, recordName(id)))?.text();
    const record = text === undefined ? null : parsedRecord(text);
    const file = record ? await existingFile(folder, fileName(id)) : null;
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
          await write(folder, fileName(record.id), file);
          await write(folder, recordName(record.id), JSON.stringify(record));
        } catch (error) {
          await removeBoth(folder, record.id);
          throw error;
        }
      }),

    file: (id) => existingFile(folder, fileName(id)),

    update: (id, change) =>
      exclusively(id, async () => {
        const record = await readRecord(id);
        if (record) await write(folder, recordName(id), JSON.stringify(change(record)));
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
  await write(folder, name, '');
  await folder.removeEntry(name).catch(() => undefined);
}

async function write(folder: FileSystemDirectoryHandle, name: string, content: Blob | string): Promise<void> {
  const handle = await folder.getFileHandle(name, { create: true });
  const writable = await handle.createWritable();
  try {
    await writable.write(content);
  } catch (error) {
    await writable.abort().catch(() => undefined);
    throw error;
  }
  await writable.close();
}

/** The record goes first: a file without one is not listed. */
async function removeBoth(folder: FileSystemDirectoryHandle, id: string): Promise<void> {
  for (const name of [recordName(id), fileName(id)]) {
    await folder.removeEntry(name).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }
}

async function existingFile(folder: FileSystemDirectoryHandle, name: string): Promise<File | null> {
  try {
    return await (await folder.getFileHandle(name)).getFile();
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotFoundError';
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
