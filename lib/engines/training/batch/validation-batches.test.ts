import { describe, expect, it } from 'vitest';
import { drawnImages } from '@/lib/engines/training/batch/test-support/drawn-images';
import { createValidationImages, type ValidationBatch } from '@/lib/engines/training/batch/validation-batches';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';
import { preprocess } from '@/lib/engines/vision/preprocess';
import { specOf } from '@/lib/engines/vision/test-support/specs';

const paths = ['/0', '/1', '/2', '/3', '/4'];

function validation(task: 'detect' | 'classify', damaged: readonly string[] = [], imgsz = 32) {
  const asked: string[] = [];
  const problems: DatasetProblem[] = [];
  const images = createValidationImages({
    task,
    paths,
    imgsz,
    batch: 2,
    decode: drawnImages(damaged, asked),
    cacheBytes: 1e6,
    onProblem: (problem) => problems.push(problem),
  });
  return { images, asked, problems };
}

/** Each image by its position, copied out of the memory that is used again. */
async function gathered(batches: AsyncIterable<ValidationBatch>): Promise<Map<number, Float32Array>> {
  const all = new Map<number, Float32Array>();
  for await (const { images, items } of batches) {
    const length = images.length / 2;
    for (const [slot, { index }] of items.entries()) all.set(index, images.slice(slot * length, (slot + 1) * length));
  }
  return all;
}

describe('createValidationImages', () => {
  it.each([
    ['detect', 32],
    ['detect', 64],
    ['classify', 32],
  ] as const)('lays images out to the bit as a predictor does: %s at %i', async (task, imgsz) => {
    const { images } = validation(task, [], imgsz);
    const found = await gathered(images.batches());
    expect([...found.keys()]).toEqual([0, 1, 2, 3, 4]);
    const spec = specOf({ task, width: imgsz, height: imgsz });
    for (const [index, planes] of found) {
      const { data } = preprocess(await drawnImages()(paths[index]), spec, null);
      expect(planes).toEqual(data);
    }
  });

  it('says how each image lies in its input', async () => {
    const { value } = await validation('detect').images.batches().next();
    expect(value?.items[1]).toMatchObject({
      index: 1,
      placement: { image: { width: 40, height: 30 }, resized: { width: 32, height: 24 }, left: 0, top: 4 },
    });
  });

  it('decodes nothing twice while it may be kept', async () => {
    const { images, asked } = validation('detect');
    const first = await gathered(images.batches());
    expect(await gathered(images.batches())).toEqual(first);
    expect(asked).toEqual(paths);
  });

  it('leaves damaged images out and tells them once', async () => {
    const { images, problems } = validation('detect', ['/1', '/2', '/3']);
    for (let time = 0; time < 2; time++) expect([...(await gathered(images.batches())).keys()]).toEqual([0, 4]);
    expect(problems.map(({ file }) => file).sort()).toEqual(['/1', '/2', '/3']);
  });

  it('stops at the signal', async () => {
    const control = new AbortController();
    const batches = validation('detect').images.batches(control.signal);
    await batches.next();
    control.abort(new Error('stopped'));
    await expect(batches.next()).rejects.toThrow('stopped');
  });
});
