import { describe, expect, it } from 'vitest';
import { writeOriginFile } from '@/lib/browser/origin-files';
import { memoryFolder } from '@/lib/browser/test-support/memory-folder';
import { type KeptRun, runShelf } from '@/lib/browser/training/run-shelf';

const run: KeptRun = {
  modelId: 'ab'.repeat(32),
  name: 'best-tuned.onnx',
  epoch: 7,
  epochs: 30,
  metrics: { 'mAP50(B)': 0.9 },
  isHeldOut: true,
  endedAt: 1,
};

describe('the last run of this machine', () => {
  it('is there again after a visit, until it is forgotten', async () => {
    const folder = memoryFolder();
    await runShelf(folder).keep(run);
    expect(await runShelf(folder).load()).toEqual(run);
    await runShelf(folder).forget();
    expect(await runShelf(folder).load()).toBeNull();
  });

  it.each([
    ['cut short', '{"modelId":"ab'],
    ['of another version', '{"version":2}'],
    ['with metrics that are no numbers', JSON.stringify({ ...run, metrics: { mAP: 'high' } })],
  ])('is none where its record is %s', async (_, text) => {
    const folder = memoryFolder();
    await writeOriginFile(folder, 'last-run.json', text);
    expect(await runShelf(folder).load()).toBeNull();
  });
});
