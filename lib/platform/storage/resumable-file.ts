import { createReadStream } from 'node:fs';
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { assert } from '@/lib/core/assert';
import { DomainError } from '@/lib/core/errors';
import { abortable } from '@/lib/platform/storage/abortable';
import { isNoEntry, makeFolderDurably, syncFolder, writeWhole } from '@/lib/platform/storage/durable-files';

type AppendRules = {
  /** Most bytes the whole file may come to have. */
  readonly maximumBytes: number;
  readonly signal?: AbortSignal;
};

/** Uploads that arrive in pieces, over hours and restarts. An upload that was never begun has length 0. */
export type ResumableFiles = {
  /**
   * Writes `source` at the end and waits until the disk has it. Returns the new length. What arrived before the source broke
   * off stays: the next piece goes on from there. A second `append` of the same upload ends the first, since a client that
   * comes again has given its old connection up.
   *
   * Throws `WrongOffsetError` when `offset` is not the length, PAYLOAD_TOO_LARGE (the piece is then forgotten), and what the
   * source or the signal threw.
   */
  append(id: string, offset: number, source: AsyncIterable<Uint8Array>, rules: AppendRules): Promise<number>;
  /** Bytes that are here: where the next piece begins, also after the process was killed. */
  length(id: string): Promise<number>;
  read(id: string): Readable;
  remove(id: string): Promise<void>;
  /** Deletes uploads last written before `olderThan`. Returns their ids. */
  sweep(olderThan: Date): Promise<string[]>;
};

/** The piece does not begin where the file ends; the error knows where it should. */
export class WrongOffsetError extends DomainError {
  readonly actualOffset: number;

  constructor(givenOffset: number, actualOffset: number) {
    super(
      'CONFLICT',
      `The piece begins at byte ${givenOffset}, but ${actualOffset} bytes are here. Go on from byte ${actualOffset}.`,
    );
    this.name = 'WrongOffsetError';
    this.actualOffset = actualOffset;
  }
}

type RunningAppend = { readonly stop: AbortController; readonly ended: Promise<unknown> };

/** Partial uploads as files of `DATA_DIR/uploads`: a file's length is the whole record, so nothing can disagree with it. */
export function createResumableFiles(dataFolder: string): ResumableFiles {
  const folder = path.resolve(dataFolder, 'uploads');
  const running = new Map<string, RunningAppend>();

  /** Ends what runs, and once nothing does, in the same step, begins `next`: of several that wait only one may. */
  async function takeOver<T>(id: string, next: () => Promise<T>): Promise<T> {
    for (let append = running.get(id); append !== undefined; append = running.get(id)) {
      append.stop.abort(new DomainError('CONFLICT', 'The upload went on over another connection.'));
      await append.ended;
    }
    return next();
  }

  function begin(id: string, offset: number, source: AsyncIterable<Uint8Array>, rules: AppendRules): Promise<number> {
    const stop = new AbortController();
    const signal = rules.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, rules.signal]);
    const appending = appendTo(fileOf(folder, id), offset, source, { ...rules, signal });
    const ended = appending.catch(() => undefined).finally(() => running.delete(id));
    running.set(id, { stop, ended });
    return appending;
  }

  return {
    async append(id, offset, source, rules) {
      return takeOver(id, () => begin(id, offset, source, rules));
    },
    async length(id) {
      return lengthOf(fileOf(folder, id));
    },
    read(id) {
      return createReadStream(fileOf(folder, id));
    },
    async remove(id) {
      await takeOver(id, () => rm(fileOf(folder, id), { force: true }));
    },
    async sweep(olderThan) {
      const ids = await idsIn(folder);
      const stale = await Promise.all(ids.map((id) => isOlder(fileOf(folder, id), olderThan)));
      const swept = ids.filter((id, index) => stale[index] && !running.has(id));
      await Promise.all(swept.map((id) => rm(fileOf(folder, id), { force: true })));
      return swept;
    },
  };
}

async function appendTo(
  filePath: string,
  offset: number,
  source: AsyncIterable<Uint8Array>,
  { maximumBytes, signal }: AppendRules,
): Promise<number> {
  const file = await openForAppend(filePath);
  try {
    const { size } = await file.stat();
    if (size !== offset) throw new WrongOffsetError(offset, size);
    return await writePiece(file, offset, source, { maximumBytes, signal });
  } finally {
    // Also after a failure: `length` may promise these bytes to the client as soon as it asks.
    await file.sync();
    await file.close();
  }
}

async function writePiece(
  file: FileHandle,
  offset: number,
  source: AsyncIterable<Uint8Array>,
  { maximumBytes, signal }: AppendRules,
): Promise<number> {
  let length = offset;
  for await (const chunk of abortable(source, signal)) {
    if (length + chunk.byteLength > maximumBytes) {
      await file.truncate(offset);
      throw new DomainError('PAYLOAD_TOO_LARGE', `The file has more than the ${maximumBytes} bytes allowed here.`);
    }
    await writeWhole(file, chunk, length);
    length += chunk.byteLength;
  }
  return length;
}

async function openForAppend(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r+');
  } catch (error) {
    if (!isNoEntry(error)) throw error;
  }
  await makeFolderDurably(path.dirname(file));
  const created = await open(file, 'a');
  await created.close();
  await syncFolder(path.dirname(file));
  return open(file, 'r+');
}

function fileOf(folder: string, id: string): string {
  assert(/^[A-Za-z0-9_-]{1,64}$/.test(id), `an upload's id, found ${JSON.stringify(id)}`);
  return path.join(folder, id);
}

async function lengthOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isNoEntry(error)) return 0;
    throw error;
  }
}

async function isOlder(file: string, olderThan: Date): Promise<boolean> {
  try {
    return (await stat(file)).mtime < olderThan;
  } catch (error) {
    if (isNoEntry(error)) return false;
    throw error;
  }
}

async function idsIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isNoEntry(error)) return [];
    throw error;
  }
}
