import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createResumableFiles, WrongOffsetError } from '@/lib/platform/storage/resumable-file';
import {
  brokenAfter,
  chunksOf,
  filesBelow,
  stalledAfter,
  temporaryFolder,
} from '@/lib/platform/storage/test-support/files';

const rules = { maximumBytes: 100 };

describe('resumable files', () => {
  it('grow piece by piece', async () => {
    const files = createResumableFiles(await temporaryFolder());
    expect(await files.length('upload_1')).toBe(0);
    expect(await files.append('upload_1', 0, chunksOf('hello'), rules)).toBe(5);
    expect(await files.append('upload_1', 5, chunksOf(' ', 'world'), rules)).toBe(11);
    expect(await files.length('upload_1')).toBe(11);
    expect(await text(files.read('upload_1'))).toBe('hello world');
  });

  it.each([0, 3, 6])('refuse a piece at offset %i when 5 bytes are here, and say so', async (offset) => {
    const files = createResumableFiles(await temporaryFolder());
    await files.append('upload_1', 0, chunksOf('hello'), rules);
    const appending = files.append('upload_1', offset, chunksOf('XXXXX'), rules);
    await expect(appending).rejects.toThrow(WrongOffsetError);
    await expect(appending).rejects.toMatchObject({ code: 'CONFLICT', actualOffset: 5 });
    expect(await text(files.read('upload_1'))).toBe('hello');
  });

  it('keep what arrived before the connection was lost', async () => {
    const files = createResumableFiles(await temporaryFolder());
    await expect(files.append('upload_1', 0, brokenAfter('hello'), rules)).rejects.toThrow('connection lost');
    expect(await files.length('upload_1')).toBe(5);
    await files.append('upload_1', 5, chunksOf(' world'), rules);
    expect(await text(files.read('upload_1'))).toBe('hello world');
  });

  it('forget a piece that goes beyond the limit', async () => {
    const files = createResumableFiles(await temporaryFolder());
    await files.append('upload_1', 0, chunksOf('hello'), rules);
    const appending = files.append('upload_1', 5, chunksOf('x'.repeat(60), 'x'.repeat(36)), rules);
    await expect(appending).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect(await files.length('upload_1')).toBe(5);
    expect(await files.append('upload_1', 5, chunksOf('x'.repeat(95)), rules)).toBe(100);
  });

  it('end a stalled piece when the client comes again', async () => {
    const files = createResumableFiles(await temporaryFolder());
    let first: Promise<number> | undefined;
    await new Promise<void>((resolve) => {
      first = files.append('upload_1', 0, stalledAfter(resolve, 'hello'), rules);
      first.catch(() => undefined);
    });
    expect(await files.append('upload_1', 5, chunksOf(' world'), rules)).toBe(11);
    await expect(first).rejects.toThrow('another connection');
    expect(await text(files.read('upload_1'))).toBe('hello world');
  });

  it('never mix pieces that are sent at once', async () => {
    const files = createResumableFiles(await temporaryFolder());
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c'].map((letter) => files.append('upload_1', 0, chunksOf(letter, letter, letter), rules)),
    );
    const content = await text(files.read('upload_1'));
    expect(outcomes.some((outcome) => outcome.status === 'fulfilled')).toBe(true);
    expect(content).toMatch(/^(aaa|bbb|ccc)$/);
  });

  it('let one alone go on when several come at once for a stalled piece', async () => {
    const files = createResumableFiles(await temporaryFolder());
    let stalled: Promise<number> | undefined;
    await new Promise<void>((resolve) => {
      stalled = files.append('upload_1', 0, stalledAfter(resolve, ''), rules);
      stalled.catch(() => undefined);
    });
    const pieces = ['aaaaaaaa', 'bbbbbb', 'cccc', 'dd'];
    const outcomes = await Promise.allSettled(
      pieces.map((piece) => files.append('upload_1', 0, chunksOf(...piece), rules)),
    );
    await expect(stalled).rejects.toThrow('another connection');
    const lengths = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(lengths).toEqual([2]);
    expect(await text(files.read('upload_1'))).toBe('dd');
  });

  it('stop when their signal aborts', async () => {
    const files = createResumableFiles(await temporaryFolder());
    const controller = new AbortController();
    const source = stalledAfter(() => controller.abort(new Error('shutting down')), 'hello');
    await expect(files.append('upload_1', 0, source, { ...rules, signal: controller.signal })).rejects.toThrow(
      'shutting',
    );
    expect(await files.length('upload_1')).toBe(5);
  });

  it('are removed, also while a piece arrives', async () => {
    const dataFolder = await temporaryFolder();
    const files = createResumableFiles(dataFolder);
    let appending: Promise<number> | undefined;
    await new Promise<void>((resolve) => {
      appending = files.append('upload_1', 0, stalledAfter(resolve, 'hello'), rules);
      appending.catch(() => undefined);
    });
    await files.remove('upload_1');
    await expect(appending).rejects.toThrow();
    expect(await filesBelow(dataFolder)).toEqual([]);
    await files.remove('upload_1');
  });

  it('are swept when nobody went on with them', async () => {
    const dataFolder = await temporaryFolder();
    const files = createResumableFiles(dataFolder);
    expect(await files.sweep(new Date())).toEqual([]);
    await files.append('upload_old', 0, chunksOf('a'), rules);
    await files.append('upload_new', 0, chunksOf('b'), rules);
    const yesterday = new Date(Date.now() - 86_400_000);
    await utimes(path.join(dataFolder, 'uploads', 'upload_old'), yesterday, yesterday);
    expect(await files.sweep(new Date(Date.now() - 3_600_000))).toEqual(['upload_old']);
    expect(await filesBelow(dataFolder)).toEqual([path.join('uploads', 'upload_new')]);
  });

  it.each(['../escape', 'a/b', '', '.', 'x'.repeat(65)])('take no id that is not a plain word: %j', async (id) => {
    const files = createResumableFiles(await temporaryFolder());
    await expect(files.append(id, 0, chunksOf('x'), rules)).rejects.toThrow("upload's id");
    await expect(files.length(id)).rejects.toThrow("upload's id");
    await expect(files.remove(id)).rejects.toThrow("upload's id");
    expect(() => files.read(id)).toThrow("upload's id");
  });

  it('know where to go on after the process was killed in the middle of a piece', async () => {
    const dataFolder = await temporaryFolder();
    const script = fileURLToPath(new URL('./test-support/append-until-killed.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, dataFolder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    let acknowledged = 0;
    for await (const line of child.stdout.setEncoding('utf8')) {
      acknowledged = Number(String(line).trim().split('\n').at(-1));
      if (acknowledged >= 50_000) child.kill('SIGKILL');
    }
    await exited;
    const files = createResumableFiles(dataFolder);
    const length = await files.length('upload_1');
    expect(length).toBeGreaterThanOrEqual(acknowledged);
    await files.append('upload_1', length, chunksOf('end'), { maximumBytes: Number.MAX_SAFE_INTEGER });
    const content = await text(files.read('upload_1'));
    expect(content).toMatch(/^(0123456789)*\d{0,9}end$/);
    expect(content.slice(0, 10)).toBe('0123456789');
  });
});
