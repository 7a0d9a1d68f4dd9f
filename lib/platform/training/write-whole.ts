import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Fault } from '@/lib/core/fault';

/**
 * Writes a file wholly or not at all: under another name first, down to the disk, then in place of the old one. A process that is
 * killed in between leaves the old file whole. Rejects with a `Fault` (`input-invalid`) where it cannot be written.
 */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    await writeSynced(unfinished, content);
    await rename(unfinished, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw unwritable(path, cause);
  }
}

async function writeSynced(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The new name, too, is to outlive a loss of power; where folders cannot be opened (Windows) the system sees to it. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

const reasons: ReadonlyMap<unknown, string> = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EACCES', 'it may not be written by this user'],
  ['EROFS', 'the disk is read-only'],
  ['ENOENT', 'its folder is gone'],
]);

/** The `Fault` for a path that cannot be written. */
export function unwritable(path: string, cause: unknown): Fault {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  return new Fault(
    {
      code: 'input-invalid',
      found: `“${path}” cannot be written: ${reasons.get(code) ?? String(code ?? cause)}.`,
      remedy: 'Make room there, or choose another folder with project=.',
    },
    { cause },
  );
}
