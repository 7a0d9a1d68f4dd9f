import { describe, expect, it } from 'vitest';
import { defaultAugmentation, noAugmentation } from '@/lib/engines/training/augment/augmentation';
import type { BatchPlan } from '@/lib/engines/training/batch/batch-plan';
import { createLocalBatchMaker } from '@/lib/engines/training/batch/local-batch-maker';
import { drawnImages, drawnSet } from '@/lib/engines/training/batch/test-support/drawn-images';
import type { ObjectBatch } from '@/lib/engines/training/batch/training-batch';
import type { ObjectSet, TrainingSet } from '@/lib/engines/training/batch/training-set';

const plan: BatchPlan = { imgsz: 32, batch: 4, epochs: 20, seed: 1, augmentation: defaultAugmentation };
const plain: BatchPlan = { ...plan, augmentation: noAugmentation };

function makerOf(set: TrainingSet, { plan: planned = plan, damaged = [] as readonly string[], cacheBytes = 1e6 } = {}) {
  return createLocalBatchMaker({ set, plan: planned, decode: drawnImages(damaged), cacheBytes });
}

async function objectBatch(set: ObjectSet, options: Parameters<typeof makerOf>[1] = {}, epoch = 0, index = 0) {
  const { batch } = await makerOf(set, options).make({ epoch, index }, null);
  if (batch.task === 'classify') throw new Error('Objects were asked for.');
  return batch;
}

/** The images of an epoch without augmentation, each by the class of its only object. */
async function classesOfEpoch(count: number, epoch: number, damaged: readonly string[] = []): Promise<number[]> {
  const maker = makerOf(drawnSet(count), { plan: plain, damaged });
  const classes: number[] = [];
  for (let index = 0; index * plan.batch < count; index++) {
    const { batch } = await maker.make({ epoch, index }, null);
    classes.push(...batch.classIds);
  }
  return classes;
}

function sorted(numbers: Iterable<number>): number[] {
  return [...numbers].sort((one, other) => one - other);
}

describe('createLocalBatchMaker', () => {
  it('shows every image once an epoch, in another order each time', async () => {
    const [first, second] = [await classesOfEpoch(12, 0), await classesOfEpoch(12, 1)];
    expect(sorted(first)).toEqual(Array.from({ length: 12 }, (_, k) => k));
    expect(sorted(second)).toEqual(sorted(first));
    expect(second).not.toEqual(first);
    expect(await classesOfEpoch(12, 0)).toEqual(first);
  });

  it('fills the last batch up from the beginning of the epoch', async () => {
    const classes = await classesOfEpoch(6, 0);
    expect(classes).toHaveLength(8);
    expect(classes.slice(6)).toEqual(classes.slice(0, 2));
    expect(await classesOfEpoch(1, 0)).toEqual([0, 0, 0, 0]);
  });

  it('makes the same batch whatever was made before, and however little is kept', async () => {
    const set = drawnSet(30);
    const alone = await objectBatch(set, {}, 3, 5);
    const busy = makerOf(set, { cacheBytes: 10 });
    const all = [0, 1, 2, 3, 4, 5].map((index) => busy.make({ epoch: 3, index }, null));
    expect((await all[5]).batch).toEqual(alone);
    const other = await objectBatch(set, { plan: { ...plan, seed: 2 } }, 3, 5);
    expect(other.images).not.toEqual(alone.images);
  });

  it('fills the memory it is given anew', async () => {
    const set = drawnSet(5);
    const expected = await objectBatch(set);
    const spare = new Float32Array(expected.images.length).fill(9);
    const { batch } = await makerOf(set).make({ epoch: 0, index: 0 }, spare);
    expect(batch.images).toBe(spare);
    expect(batch).toEqual(expected);
  });

  it('puts the next sound image in the place of a damaged one, and tells each once', async () => {
    const classes = await classesOfEpoch(8, 0, ['/3', '/4', '/7']);
    expect(sorted(classes)).toEqual([0, 0, 1, 2, 5, 5, 5, 6]);
    const maker = makerOf(drawnSet(8), { damaged: ['/3', '/4', '/7'] });
    const problems = [];
    for (let epoch = 0; epoch < 2; epoch++) {
      for (let index = 0; index < 2; index++) problems.push(...(await maker.make({ epoch, index }, null)).problems);
    }
    expect(problems.map(({ file }) => file).sort()).toEqual(['/3', '/4', '/7']);
    expect(problems[0].found).toBe('This image is damaged. It was skipped.');
  });

  it('says so when no image can be read', async () => {
    const maker = makerOf(drawnSet(3), { damaged: ['/0', '/1', '/2'] });
    await expect(maker.make({ epoch: 0, index: 0 }, null)).rejects.toMatchObject({
      code: 'input-invalid',
      found: 'Images were expected that can be read, and none of 3 can: This image is damaged. It was skipped.',
    });
  });

  it('makes no mosaics in the last epochs', async () => {
    const set = drawnSet(30);
    const early = await objectBatch(set, {}, 9);
    const late = await objectBatch(set, {}, 10);
    expect(early.columns).toBeGreaterThan(1);
    expect(late.columns).toBe(1);
  });

  it.each([
    [{ imgsz: 30 }, 'imgsz'],
    [{ imgsz: 100_000 }, 'imgsz'],
    [{ batch: 0 }, 'batch'],
    [{ batch: 1.5 }, 'batch'],
    [{ seed: -1 }, 'seed'],
    [{ augmentation: { ...noAugmentation, hsvH: 1.5 } }, 'hsv_h'],
    [{ augmentation: { ...noAugmentation, scale: 1 } }, 'scale'],
    [{ augmentation: { ...noAugmentation, mosaic: Number.NaN } }, 'mosaic'],
  ])('refuses %j by the name of what is wrong', (wrong, name) => {
    expect(() => makerOf(drawnSet(1), { plan: { ...plan, ...wrong } })).toThrow(
      expect.objectContaining({ code: 'input-invalid', found: expect.stringMatching(new RegExp(`^${name} `)) }),
    );
  });
});

describe('the arrays of a batch', () => {
  /** Image and object without augmentation: 32 × 24 pixels in the middle of 32 × 32. */
  const seen = { x1: 0.2 * 32, y1: 4 + 0.2 * 24, x2: 0.8 * 32, y2: 4 + 0.8 * 24 };

  async function plainBatch(task: ObjectSet['task']): Promise<ObjectBatch> {
    const [full, empty] = drawnSet(2, task).images;
    const set = { ...drawnSet(2, task), images: [full, { ...empty, labels: [] }] };
    return objectBatch(set, { plan: { ...plain, batch: 2 } });
  }

  function closeTo(numbers: readonly number[]): number[] {
    return numbers.map((number) => expect.closeTo(number, 4));
  }

  it('mark rows without an object, and have one at least', async () => {
    const batch = await plainBatch('detect');
    const at = batch.classIds.indexOf(0);
    expect(batch).toMatchObject({
      task: 'detect',
      batch: 2,
      height: 32,
      width: 32,
      columns: 1,
      keypoints: null,
      masks: null,
    });
    expect(batch.images).toHaveLength(2 * 3 * 32 * 32);
    expect(sorted(batch.classIds)).toEqual([-1, 0]);
    expect(Array.from(batch.boxes.subarray(4 * at, 4 * at + 4))).toEqual(closeTo([seen.x1, seen.y1, seen.x2, seen.y2]));
    expect(Array.from(batch.boxes.subarray(4 - 4 * at, 8 - 4 * at))).toEqual([0, 0, 0, 0]);
    const backgrounds = drawnSet(2).images.map((image) => ({ ...image, labels: [] }));
    const none = await objectBatch({ ...drawnSet(2), images: backgrounds });
    expect([none.columns, ...none.classIds]).toEqual([1, -1, -1, -1, -1]);
  });

  it('have centres, sides and angles of oriented boxes', async () => {
    const batch = await plainBatch('obb');
    const at = 5 * batch.classIds.indexOf(0);
    expect(batch.boxes).toHaveLength(10);
    expect(Array.from(batch.boxes.subarray(at, at + 5))).toEqual(closeTo([16, 16, 0.6 * 32, 0.6 * 24, 0]));
  });

  it('have keypoints in pixels', async () => {
    const batch = await plainBatch('pose');
    const at = 6 * batch.classIds.indexOf(0);
    const expected = closeTo([0.3 * 32, 4 + 0.3 * 24, 2, 0.6 * 32, 4 + 0.5 * 24, 1]);
    expect(Array.from(batch.keypoints?.subarray(at, at + 6) ?? [])).toEqual(expected);
  });

  it('have cells of masks, the smaller object on top', async () => {
    const set = drawnSet(2, 'segment');
    const [{ path, labels }] = set.images;
    const small = { ...labels[0], classId: 1, outline: Float32Array.of(0.4, 0.4, 0.6, 0.4, 0.6, 0.6, 0.4, 0.6) };
    const box = { ...small.box, width: 0.2, height: 0.2 };
    const images = [{ path, labels: [{ ...small, box }, ...labels] }];
    const { masks, classIds } = await objectBatch({ ...set, images }, { plan: { ...plain, batch: 1 } });
    expect(Array.from(classIds)).toEqual([1, 0]);
    // A cell counts from half of its middle pixels on; the drawn border makes the outlines a pixel wider.
    const rows = Array.from({ length: 8 }, (_, y) => Array.from(masks?.subarray(8 * y, 8 * y + 8) ?? []).join(''));
    expect(rows).toEqual([
      '00000000',
      '00000000',
      '02222220',
      '02211220',
      '02211220',
      '02222220',
      '00000000',
      '00000000',
    ]);
  });

  it('have the class of each image for a classifier', async () => {
    const images = Array.from({ length: 6 }, (_, classId) => ({ path: `/${classId}`, classId }));
    const { batch } = await makerOf({ task: 'classify', images }).make({ epoch: 0, index: 0 }, null);
    expect(batch).toMatchObject({ task: 'classify', batch: 4, height: 32, width: 32 });
    expect(new Set(batch.classIds).size).toBe(4);
    expect(Math.min(...batch.images)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...batch.images)).toBeLessThanOrEqual(1);
    // Noise has many levels: no part of the images was left as the memory came.
    const levels = new Set(batch.images.subarray(0, 32 * 32));
    expect(levels.size).toBeGreaterThan(500);
  });

  it('are made of images of any proportions', async () => {
    const shapes = [
      [1, 1],
      [80_000, 2],
      [2, 80_000],
      [3, 500],
    ];
    const images = shapes.map((_, classId) => ({ path: `/${classId}`, classId }));
    const decode = async (path: string) => {
      const [width, height] = shapes[Number(path.slice(1))];
      return { width, height, channels: 3 as const, data: new Uint8Array(3 * width * height).fill(255) };
    };
    const sets = [
      { task: 'classify' as const, images },
      { ...drawnSet(4), images: drawnSet(4).images },
    ];
    for (const set of sets) {
      const { batch } = await createLocalBatchMaker({ set, plan: plain, decode, cacheBytes: 1e7 }).make(
        { epoch: 0, index: 0 },
        null,
      );
      for (const level of new Set(batch.images)) expect([1, Math.fround(114 / 255)]).toContain(level);
      expect(batch.images).toContain(1);
    }
  });
});
