import { describe, expect, it } from 'vitest';
import { defaultAugmentation } from '@/lib/engines/training/augment/augmentation';
import { createBatchLoader } from '@/lib/engines/training/batch/batch-loader';
import type { BatchMaker, BatchPosition } from '@/lib/engines/training/batch/batch-maker';
import { createLocalBatchMaker } from '@/lib/engines/training/batch/local-batch-maker';
import { drawnImages, drawnSet } from '@/lib/engines/training/batch/test-support/drawn-images';
import type { TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';

const perEpoch = 5;
const epochs = 3;

/** A maker that keeps a record, and whose batches bear their number as the class. */
function recordingMaker(log: string[], name = 'a'): BatchMaker {
  return {
    async make({ epoch, index }: BatchPosition, spare) {
      log.push(`${name} ${epoch}.${index}${spare ? ' again' : ''}`);
      const classIds = Int32Array.of(epoch * perEpoch + index);
      return {
        batch: { task: 'classify', images: spare ?? new Float32Array(3), batch: 1, height: 1, width: 1, classIds },
        problems: [{ file: '/broken.jpg', line: null, found: 'It is broken.' }],
      };
    },
    async dispose() {
      log.push(`${name} disposed`);
    },
  };
}

function loaderOf(makers: readonly BatchMaker[], signal?: AbortSignal, problems: DatasetProblem[] = []) {
  return createBatchLoader({
    makers,
    batchesPerEpoch: perEpoch,
    epochs,
    onProblem: (problem) => problems.push(problem),
    signal,
  });
}

async function numbersOf(batches: AsyncIterable<TrainingBatch>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { classIds } of batches) numbers.push(...classIds);
  return numbers;
}

describe('createBatchLoader', () => {
  it('gives the batches of an epoch in order, from any of them on, and none beyond the last', async () => {
    const log: string[] = [];
    const loader = loaderOf([recordingMaker(log)]);
    expect(await numbersOf(loader.batches(0))).toEqual([0, 1, 2, 3, 4]);
    expect(await numbersOf(loader.batches(1, 3))).toEqual([8, 9]);
    expect(await numbersOf(loader.batches(2))).toEqual([10, 11, 12, 13, 14]);
    expect(log.at(-1)).toBe('a 2.4');
  });

  it('works two batches ahead of whoever takes them, into the next epoch too', async () => {
    const log: string[] = [];
    const batches = loaderOf([recordingMaker(log)]).batches(0, 3);
    await batches.next();
    expect(log).toEqual(['a 0.3', 'a 0.4']);
    await batches.next();
    expect(log).toEqual(['a 0.3', 'a 0.4', 'a 1.0']);
  });

  it('lets makers take turns', async () => {
    const log: string[] = [];
    await loaderOf([recordingMaker(log, 'a'), recordingMaker(log, 'b')])
      .batches(0)
      .next();
    expect(log).toEqual(['a 0.0', 'b 0.1', 'a 0.2', 'b 0.3']);
  });

  it('hands memory on that is given back', async () => {
    const log: string[] = [];
    const loader = loaderOf([recordingMaker(log)]);
    for await (const batch of loader.batches(0)) loader.recycle(batch);
    expect(log).toEqual(['a 0.0', 'a 0.1', 'a 0.2 again', 'a 0.3 again', 'a 0.4 again', 'a 1.0 again']);
  });

  it('tells an image that cannot be read once', async () => {
    const problems: DatasetProblem[] = [];
    await numbersOf(loaderOf([recordingMaker([])], undefined, problems).batches(0));
    expect(problems).toEqual([{ file: '/broken.jpg', line: null, found: 'It is broken.' }]);
  });

  it('stops at the signal, also while a batch is being made, and disposes its makers', async () => {
    const log: string[] = [];
    const control = new AbortController();
    const slow: BatchMaker = { ...recordingMaker(log), make: () => new Promise(() => undefined) };
    const asked = loaderOf([slow], control.signal).batches(0).next();
    control.abort(new Error('stopped'));
    await expect(asked).rejects.toThrow('stopped');
    expect(log).toEqual(['a disposed']);
  });

  it('rejects with what a batch could not be made for, in its turn', async () => {
    const log: string[] = [];
    const maker = recordingMaker(log);
    const failing: BatchMaker = {
      ...maker,
      make: (position, spare) => (position.index === 1 ? Promise.reject(new Error('no')) : maker.make(position, spare)),
    };
    const loader = loaderOf([failing]);
    const batches = loader.batches(0);
    expect((await batches.next()).value).toMatchObject({ batch: 1 });
    await expect(batches.next()).rejects.toThrow('no');
    expect(log.at(-1)).toBe('a disposed');
    await loader.close();
    expect(log.filter((line) => line === 'a disposed')).toHaveLength(1);
  });

  it('gives the same batches whoever makes them', async () => {
    const set = drawnSet(10);
    const plan = { imgsz: 32, batch: 2, epochs, seed: 4, augmentation: defaultAugmentation };
    async function batchesOf(count: number): Promise<TrainingBatch[]> {
      const makers = Array.from({ length: count }, () =>
        createLocalBatchMaker({ set, plan, decode: drawnImages(), cacheBytes: 20_000 }),
      );
      const batches: TrainingBatch[] = [];
      for await (const batch of loaderOf(makers).batches(1)) batches.push(batch);
      return batches;
    }
    const alone = await batchesOf(1);
    expect(alone).toHaveLength(perEpoch);
    expect(await batchesOf(3)).toEqual(alone);
  });
});
