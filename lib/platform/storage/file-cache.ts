import { readdir, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError } from '@/lib/core/errors';
import { isNoEntry, renameDurably } from '@/lib/platform/storage/durable-files';
import { keyOf } from '@/lib/platform/storage/shelf';
import { stageBytes, type TemporaryBytes } from '@/lib/platform/storage/stage-bytes';

type CacheSettings = {
  readonly folder: string;
  readonly temporaryFolder: string;
  /** The copies together never stay above it, except that the newest one always stays. */
  readonly maximumBytes: number;
  readonly fetch: (sha256: string) => Promise<Readable>;
};

type Copy = { readonly path: string; readonly sizeBytes: number; readonly lastUsed: number };

export type FileCache = {
  /** The path of the copy; it is fetched and checked first if it is not there, once however many ask. */
  file(sha256: string): Promise<string>;
  /** Moves a file that is on this machine already into the cache. */
  keep(temporary: TemporaryBytes): Promise<string>;
  forget(sha256: string): Promise<void>;
};

/**
 * Copies of remote files on this machine, the least recently used making room first. The file system is the only record, so
 * that several processes can share the folder and a restart loses nothing: a file's modification time is its last use.
 */
export function createFileCache(settings: CacheSettings): FileCache {
  const underWay = new Map<string, Promise<string>>();
  const pathOf = (sha256: string): string => path.join(settings.folder, 'copies', keyOf(sha256));

  async function keep(temporary: TemporaryBytes): Promise<string> {
    const copy = pathOf(temporary.sha256);
    await renameDurably(temporary.path, copy);
    await makeRoom(settings, copy);
    return copy;
  }

  async function fetchCopy(sha256: string): Promise<string> {
    const copy = pathOf(sha256);
    if (await touch(copy)) return copy;
    return keep(await download(settings, sha256));
  }

  return {
    keep,
    file(sha256) {
      const running = underWay.get(sha256);
      if (running !== undefined) return running;
      const fetching = fetchCopy(sha256).finally(() => underWay.delete(sha256));
      underWay.set(sha256, fetching);
      return fetching;
    },
    async forget(sha256) {
      await rm(pathOf(sha256), { force: true });
    },
  };
}

/** Marks a copy as just used. Returns false when there is none. */
async function touch(copy: string): Promise<boolean> {
  const now = new Date();
  try {
    await utimes(copy, now, now);
    return true;
  } catch (error) {
    if (isNoEntry(error)) return false;
    throw error;
  }
}

async function download({ fetch, temporaryFolder }: CacheSettings, sha256: string): Promise<TemporaryBytes> {
  const source = await fetch(sha256);
  try {
    return await stageBytes(source, temporaryFolder, { maximumBytes: Number.MAX_SAFE_INTEGER, expectedSha256: sha256 });
  } catch (error) {
    // Nobody's request is at fault when the bucket's own copy is damaged.
    if (error instanceof DomainError) throw new Error(`The bucket's copy of ${sha256} is damaged.`, { cause: error });
    throw error;
  }
}

async function makeRoom({ folder, maximumBytes }: CacheSettings, newest: string): Promise<void> {
  const copies = await listCopies(path.join(folder, 'copies'));
  let totalBytes = copies.reduce((sum, copy) => sum + copy.sizeBytes, 0);
  const oldestFirst = copies.filter((copy) => copy.path !== newest).sort((a, b) => a.lastUsed - b.lastUsed);
  for (const copy of oldestFirst) {
    if (totalBytes <= maximumBytes) return;
    await rm(copy.path, { force: true });
    totalBytes -= copy.sizeBytes;
  }
}

async function listCopies(folder: string): Promise<Copy[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return (await Promise.all(files.map(describeCopy))).filter((copy) => copy !== null);
}

async function describeCopy(file: string): Promise<Copy | null> {
  try {
    const { size, mtimeMs } = await stat(file);
    return { path: file, sizeBytes: size, lastUsed: mtimeMs };
  } catch (error) {
    // Another process made room meanwhile.
    if (isNoEntry(error)) return null;
    throw error;
  }
}
