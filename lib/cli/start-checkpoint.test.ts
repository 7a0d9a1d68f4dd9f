import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withStart } from '@/lib/cli/start-checkpoint';
import type { TrainedModel } from '@/lib/cli/train-words';
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import { encodeTraining } from '@/lib/engines/training/loop/saved-training';
import { defaultArguments } from '@/lib/engines/training/loop/training-arguments';
import type { TrainingData } from '@/lib/engines/training/loop/training-data';
import { noProgress } from '@/lib/engines/training/loop/training-progress';
import { createSightlineCheckpoint } from '@/lib/engines/training/network/sightline/create-sightline-checkpoint';

const names = ['wren', 'robin'];
const set = { task: 'classify', images: [] } as const;
const data: TrainingData = {
  task: 'classify',
  names,
  skeleton: null,
  train: set,
  val: { set, names, sigmas: null },
  problems: [],
  problemCount: 0,
};

describe('what a training begins with', () => {
  let folder = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sightline-start-'));
    const averaged = createSightlineCheckpoint({ size: 'n', task: 'classify', names: ['a'], seed: 1, imgsz: 64 });
    const state = await encodeTraining({
      averaged,
      source: { model: 'sightline-n', data: '/old.yaml', task: 'classify', imageCount: 1 },
      args: defaultArguments,
      optimizer: 'sgd',
      state: { vectors: new Map(), updates: 0 },
      progress: noProgress,
    });
    writeFileSync(join(folder, 'last.ckpt'), state);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each<TrainedModel>([
    { kind: 'fresh', size: 'n', name: 'sightline-n-cls' },
    { kind: 'file', path: 'last.ckpt' },
  ])('has the names of the data, and says which it was: $kind', async (model) => {
    const metadata = await withStart(model, folder, async ({ fitted }) => {
      const checkpoint = await fitted(data, { source: 'birds', imgsz: 96, seed: 2 });
      return (await convertCheckpoint(checkpoint)).metadata;
    });
    expect(metadata).toMatchObject({
      names: "{0: 'wren', 1: 'robin'}",
      imgsz: '[96, 96]',
      description: expect.stringContaining(' trained on birds,'),
    });
  });
});
