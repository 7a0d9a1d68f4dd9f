import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '@/lib/core/fault';
import { createRunFolder, diskRunStore, hasRunFile, removeUntrainedRun } from '@/lib/platform/training/run-store';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sightline-run-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('diskRunStore', () => {
  it('writes files in folders of the run and leaves nothing else behind', async () => {
    const store = diskRunStore(folder);
    await store.write('weights/last.ckpt', Uint8Array.of(1, 2));
    await store.write('weights/last.ckpt', Uint8Array.of(3));
    await store.write('results.csv', 'epoch\n');
    expect([...readFileSync(join(folder, 'weights/last.ckpt'))]).toEqual([3]);
    expect(readdirSync(join(folder, 'weights'))).toEqual(['last.ckpt']);
    expect(await store.read('results.csv')).toEqual(Buffer.from('epoch\n'));
    expect(await store.read('nothing.csv')).toBeNull();
  });

  // A folder in its place is what makes a rename fail for every user, root included.
  it('keeps the old file and removes the unfinished one when the new one cannot take its place', async () => {
    const store = diskRunStore(folder);
    mkdirSync(join(folder, 'last.ckpt/full'), { recursive: true });
    const error = await store.write('last.ckpt', 'new').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Fault);
    expect(String(error)).toContain('cannot be written');
    expect(existsSync(join(folder, 'last.ckpt/full'))).toBe(true);
    expect(readdirSync(folder)).toEqual(['last.ckpt']);
  });

  it('says so when a folder of the run is a file', async () => {
    writeFileSync(join(folder, 'weights'), '');
    await expect(diskRunStore(folder).write('weights/a', '')).rejects.toThrow('cannot be written');
  });

  it.skipIf(!existsSync('/dev/full'))('keeps the old file when the disk is full', async () => {
    const store = diskRunStore(folder);
    await store.write('last.ckpt', 'old');
    symlinkSync('/dev/full', join(folder, `.last.ckpt.${process.pid}.part`));
    await expect(store.write('last.ckpt', 'new')).rejects.toThrow('the disk is full');
    expect(readFileSync(join(folder, 'last.ckpt'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['last.ckpt']);
  });
});

describe('createRunFolder', () => {
  it('counts runs of one name', async () => {
    const project = join(folder, 'runs/detect');
    const made = [];
    for (let k = 0; k < 3; k++) made.push(await createRunFolder(project, 'train', false));
    expect(made).toEqual(['train', 'train2', 'train3'].map((name) => join(project, name)));
    expect(await createRunFolder(project, 'train', true)).toBe(join(project, 'train'));
  });

  it('gives runs that begin at once folders of their own', async () => {
    const made = await Promise.all([1, 2, 3].map(() => createRunFolder(folder, 'train', false)));
    expect(new Set(made).size).toBe(3);
  });

  it('is removed again only while there are no weights in it', async () => {
    const failed = await createRunFolder(folder, 'train', false);
    await diskRunStore(failed).write('args.yaml', '');
    await removeUntrainedRun(failed);
    expect(readdirSync(folder)).toEqual([]);
    const trained = await createRunFolder(folder, 'train', false);
    await diskRunStore(trained).write('weights/last.ckpt', '');
    await removeUntrainedRun(trained);
    expect(await hasRunFile(trained, 'weights/last.ckpt')).toBe(true);
    expect(await hasRunFile(trained, 'weights/best.onnx')).toBe(false);
  });

  it('says so where nothing can be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(createRunFolder(join(folder, 'file'), 'train', false)).rejects.toThrow('cannot be written');
  });
});
