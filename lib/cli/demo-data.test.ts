import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '@/lib/cli/main';
import { classesOf } from '@/lib/engines/scenes/scene-classes';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';
import { readClassFolders } from '@/lib/engines/training/dataset/read-class-folders';
import { readObjectDataset } from '@/lib/engines/training/dataset/read-object-dataset';
import { diskTree } from '@/lib/engines/training/dataset/test-support/disk-tree';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sightline-demo-data-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

async function sightline(...words: string[]) {
  const text = { output: '', errors: '' };
  const writable = (name: keyof typeof text) =>
    new Writable({
      write(chunk, _encoding, done) {
        text[name] += String(chunk);
        done();
      },
    });
  const status = await main(words, { folder, output: writable('output'), errors: writable('errors') });
  return { status, ...text };
}

const objectTasks: readonly ObjectTask[] = ['detect', 'segment', 'pose', 'obb'];

describe('sightline demo-data', () => {
  it.each(objectTasks)('writes a %s data set that reads back without a problem', async (task) => {
    const answer = await sightline('demo-data', 'out=data', `task=${task}`, 'images=12', 'imgsz=160', 'val=0.25');
    expect(answer).toMatchObject({ status: 0, errors: '' });
    expect(answer.output).toMatch(/data: 9 images to train with and 3 to validate, /);

    const dataset = await readObjectDataset(diskTree(folder), '/data/data.yaml', { task, splits: ['train', 'val'] });
    expect(dataset.problems).toEqual([]);
    expect(dataset.names).toEqual(classesOf[task]);
    expect([...dataset.splits].map(([split, images]) => [split, images.length])).toEqual([
      ['train', 9],
      ['val', 3],
    ]);
    const labels = [...dataset.splits.values()].flat().flatMap((image) => image.labels);
    expect(labels.length).toBeGreaterThan(12);
    expect(labels.every((label) => (label.keypoints?.length ?? 51) === 51)).toBe(true);
    if (task === 'pose') expect(dataset.skeleton?.flipIndices?.slice(0, 3)).toEqual([0, 2, 1]);
  });

  it('writes class folders for classification, of every class alike', async () => {
    expect(
      (
        await sightline(
          'demo-data',
          '--out',
          'data',
          '--task',
          'classify',
          '--images',
          '20',
          '--size',
          '64',
          '--val',
          '0.5',
        )
      ).status,
    ).toBe(0);
    const dataset = await readClassFolders(diskTree(folder), '/data', { splits: ['train', 'val'] });
    expect(dataset.problems).toEqual([]);
    expect(dataset.names).toEqual(classesOf.classify);
    const classIds = dataset.splits.get('train')?.map(({ classId }) => classId);
    expect(classIds).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('writes the same bytes for the same seed, and others for another', async () => {
    for (const [out, seed] of [
      ['one', 5],
      ['same', 5],
      ['other', 6],
    ] as const) {
      await sightline('demo-data', `out=${out}`, 'task=detect', 'images=2', 'size=96x80', `seed=${seed}`);
    }
    const [one, same, other] = ['one', 'same', 'other'].map((out) =>
      readFileSync(join(folder, out, 'images/train/000000.jpg')),
    );
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
    expect(await sharp(one).metadata()).toMatchObject({ format: 'jpeg', width: 96, height: 80 });
  });

  it('leaves a folder alone that holds something', async () => {
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    const answer = await sightline('demo-data', 'out=.', 'task=detect', 'images=1');
    expect(answer).toMatchObject({
      status: 1,
      errors: expect.stringMatching(/“\.” is not empty: it holds “mine\.txt”\. Nothing was written/),
    });
    expect(readdirSync(folder)).toEqual(['mine.txt']);
  });

  it('says that a file is no folder', async () => {
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    const answer = await sightline('demo-data', 'out=mine.txt', 'task=detect', 'images=1');
    expect(answer).toMatchObject({
      status: 1,
      errors: expect.stringContaining('Nothing can be written to “mine.txt”'),
    });
    expect(readFileSync(join(folder, 'mine.txt'), 'utf8')).toBe('mine');
  });

  it.each([
    [['task=detect'], '--out is missing'],
    [['out=data'], '--task is missing'],
    [['out=data', 'task=depth'], 'no scenes for the task “depth”'],
    [['out=data', 'task=detect', 'images=0'], '--images must be a whole number from 1'],
    [['out=data', 'task=detect', 'images=1e9'], '--images must be a whole number from 1'],
    [['out=data', 'task=detect', 'size=9999x9999'], '--size must be a whole number from 64 to 4096'],
    [['out=data', 'task=detect', 'size=100x100x100'], '--size cannot be'],
    [['out=data', 'task=detect', 'val=2'], '--val must be a number from 0 to 1'],
    [['out=data', 'task=detect', 'seed=-1'], '--seed must be a whole number'],
    [['out=data', 'task=detect', 'colour=red'], 'Unknown option'],
    [['out=data', 'task=detect', 'red'], '“red” belongs to no option'],
  ])('refuses %j', async (words, message) => {
    const answer = await sightline('demo-data', ...words);
    expect(answer).toMatchObject({ status: 1, errors: expect.stringContaining(message) });
    expect(readdirSync(folder)).toEqual([]);
  });
});
