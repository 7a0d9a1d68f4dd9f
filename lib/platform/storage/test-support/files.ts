import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A new empty folder that goes away with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sightline-storage-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Paths of all files below `folder`, relative to it, sorted. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The texts as chunks of a stream. */
export async function* chunksOf(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

/** Gives the texts, then breaks off as a lost connection does. */
export async function* brokenAfter(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  yield* chunksOf(...texts);
  throw new Error('connection lost');
}

/** Gives the texts, calls `onStall`, and never gives anything again. */
export async function* stalledAfter(onStall: () => void, ...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  yield* chunksOf(...texts);
  onStall();
  await new Promise(() => undefined);
}
