import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isNoEntry } from '@/lib/platform/storage/durable-files';
import { localShelf } from '@/lib/platform/storage/local-shelf';
import { type S3Settings, s3Shelf } from '@/lib/platform/storage/s3-shelf';
import { isMissing, keyOf, type Shelf } from '@/lib/platform/storage/shelf';
import { stageBytes, type TemporaryBytes } from '@/lib/platform/storage/stage-bytes';
import { MissingBytesError, type StagedBytes, type Storage } from '@/lib/platform/storage/storage';

export type StorageSettings = {
  /** DATA_DIR: holds the files themselves, or, with S3, those on their way and the cached copies. */
  readonly dataFolder: string;
  readonly s3?: S3Settings;
};

/** The storage that the settings name: an S3-compatible bucket, or the local disk. */
export function createStorage({ dataFolder, s3 }: StorageSettings): Storage {
  const shelf =
    s3 === undefined
      ? localShelf(path.join(dataFolder, 'storage'))
      : s3Shelf(s3, path.join(dataFolder, 'storage-cache'));
  const storage: Storage = {
    async stage(source, rules) {
      return staged(shelf, await stageBytes(source, shelf.temporaryFolder, rules));
    },
    async restage(sha256) {
      const sizeBytes = await storage.size(sha256);
      return {
        sha256,
        sizeBytes,
        path: await shelf.localFile(sha256),
        discard: async () => undefined,
        async commit() {
          if ((await storedSize(shelf, sha256)) !== sizeBytes) throw new MissingBytesError(sha256);
          await shelf.confirm(sha256);
          return { sha256, sizeBytes };
        },
      };
    },
    async put(source, rules) {
      return (await storage.stage(source, rules)).commit();
    },
    async open(sha256, range = {}) {
      return shelf.open(sha256, range);
    },
    async size(sha256) {
      const size = await storedSize(shelf, sha256);
      if (size === null) throw new MissingBytesError(sha256);
      return size;
    },
    async has(sha256) {
      return shelf.disk.exists(keyOf(sha256));
    },
    async remove(sha256) {
      await shelf.disk.delete(keyOf(sha256));
      await shelf.forget(sha256);
    },
    async localFile(sha256) {
      return shelf.localFile(sha256);
    },
    async sweepTemporary(olderThan) {
      return sweepFolder(shelf.temporaryFolder, olderThan);
    },
  };
  return storage;
}

function staged(shelf: Shelf, temporary: TemporaryBytes): StagedBytes {
  const { sha256, sizeBytes } = temporary;
  const discard = (): Promise<void> => rm(temporary.path, { force: true });
  return {
    ...temporary,
    discard,
    async commit() {
      try {
        // A file of another size is what a broken disk or a foreign hand left: it is replaced.
        if ((await storedSize(shelf, sha256)) === sizeBytes) await shelf.confirm(sha256);
        else await shelf.take(temporary);
      } finally {
        await discard();
      }
      return { sha256, sizeBytes };
    },
  };
}

async function storedSize(shelf: Shelf, sha256: string): Promise<number | null> {
  try {
    return (await shelf.disk.getMetaData(keyOf(sha256))).contentLength;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function sweepFolder(folder: string, olderThan: Date): Promise<number> {
  let swept = 0;
  for (const name of await namesIn(folder)) {
    const file = path.join(folder, name);
    const written = await lastWritten(file);
    if (written === null || written >= olderThan) continue;
    await rm(file, { force: true });
    swept++;
  }
  return swept;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isNoEntry(error)) return [];
    throw error;
  }
}

async function lastWritten(file: string): Promise<Date | null> {
  try {
    return (await stat(file)).mtime;
  } catch (error) {
    if (isNoEntry(error)) return null;
    throw error;
  }
}
