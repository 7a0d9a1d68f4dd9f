import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultAugmentation } from '@/lib/engines/training/augment/augmentation';
import { createLocalBatchMaker } from '@/lib/engines/training/batch/local-batch-maker';
import type { TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import type { ObjectSet } from '@/lib/engines/training/batch/training-set';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';
import { diskFileTree, treePathOf } from '@/lib/platform/files/disk-file-tree';
import { decodeFromTree } from '@/lib/platform/training/decode-from-tree';
import { openBatchLoader } from '@/lib/platform/training/open-batch-loader';

const folder = mkdtempSync(join(tmpdir(), 'batches-'));
const plan = { imgsz: 64, batch: 2, epochs: 2, seed: 3, augmentation: defaultAugmentation };
const box = { cx: 0.5, cy: 0.5, width: 0.4, height: 0.4 };

function setOf(names: readonly string[]): ObjectSet {
  const images = names.map((name, classId) => ({
    path: treePathOf(name, folder),
    labels: [{ classId, box, outline: null, keypoints: null }],
  }));
  return { task: 'detect', images, skeleton: null };
}

const names = ['0.png', '1.png', '2.png', '3.png'];
const set = setOf(names);

beforeAll(async () => {
  for (const [k, name] of names.entries()) {
    const data = Buffer.from(Array.from({ length: 90 * 70 * 3 }, (_, i) => (i * (k + 3) * 37) % 251));
    await sharp(data, { raw: { width: 90, height: 70, channels: 3 } })
      .png()
      .toFile(join(folder, name));
  }
  writeFileSync(join(folder, 'damaged.png'), 'no image');
});

afterAll(() => rmSync(folder, { recursive: true }));

async function batchesOf(threads: number): Promise<TrainingBatch[]> {
  const loader = openBatchLoader({ set, plan, threads, onProblem: () => undefined });
  const batches: TrainingBatch[] = [];
  for (const epoch of [0, 1]) {
    for await (const batch of loader.batches(epoch)) batches.push(batch);
  }
  await loader.close();
  return batches;
}

describe('openBatchLoader', () => {
  it('gives the batches that are made in this thread, however many threads make them', async () => {
    const maker = createLocalBatchMaker({ set, plan, decode: decodeFromTree(diskFileTree), cacheBytes: 1e6 });
    const expected: TrainingBatch[] = [];
    for (const epoch of [0, 1]) {
      for (const index of [0, 1]) expected.push((await maker.make({ epoch, index }, null)).batch);
    }
    expect(await batchesOf(1)).toEqual(expected);
    expect(await batchesOf(2)).toEqual(expected);
  });

  it('takes memory back, and leaves it empty where it was given', async () => {
    const loader = openBatchLoader({ set, plan, onProblem: () => undefined });
    const batches = loader.batches(0);
    const { value: first } = await batches.next();
    if (first) loader.recycle(first);
    await batches.next();
    expect(first?.images).toHaveLength(0);
    await loader.close();
  });

  it('skips images that are damaged or gone, and tells of them', async () => {
    const problems: DatasetProblem[] = [];
    const loader = openBatchLoader({
      set: setOf([...names, 'damaged.png', 'gone.png']),
      plan,
      onProblem: (problem) => problems.push(problem),
    });
    for await (const { batch } of loader.batches(0)) expect(batch).toBe(2);
    await loader.close();
    expect(problems.map(({ file }) => file).sort()).toEqual([`${folder}/damaged.png`, `${folder}/gone.png`]);
  });

  it('hands over the faults of its threads', async () => {
    const loader = openBatchLoader({ set: setOf(['damaged.png']), plan, onProblem: () => undefined });
    await expect(loader.batches(0).next()).rejects.toMatchObject({ name: 'Fault', code: 'input-invalid' });
    expect(() => openBatchLoader({ set, plan: { ...plan, batch: 0 }, onProblem: () => undefined })).toThrow(
      expect.objectContaining({ code: 'input-invalid' }),
    );
  });

  it('ends its threads at the signal', async () => {
    const control = new AbortController();
    const loader = openBatchLoader({ set, plan, onProblem: () => undefined, signal: control.signal });
    const asked = loader.batches(0).next();
    control.abort(new Error('stopped'));
    await expect(asked).rejects.toThrow('stopped');
  });
});
