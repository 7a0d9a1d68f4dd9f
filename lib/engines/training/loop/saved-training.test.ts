import { describe, expect, it } from 'vitest';
import { checkMemory, memoryNeed } from '@/lib/engines/training/loop/memory-need';
import { readProgress } from '@/lib/engines/training/loop/read-progress';
import { decodeTraining, encodeTraining } from '@/lib/engines/training/loop/saved-training';
import { defaultArguments, readArguments } from '@/lib/engines/training/loop/training-arguments';
import { noProgress, type TrainingProgress } from '@/lib/engines/training/loop/training-progress';
import { buildTrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import { readParameters } from '@/lib/engines/training/network/read-parameters';
import { createSightlineCheckpoint } from '@/lib/engines/training/network/sightline/create-sightline-checkpoint';
import { decodeStateFile, encodeStateFile } from '@/lib/engines/training/run-folder/state-file';
import { initialState } from '@/lib/engines/training/step/training-state';

const progress: TrainingProgress = {
  epoch: 1,
  iteration: 2,
  lossSums: [1.5, 2.25],
  updates: 7,
  lastUpdate: 6,
  rows: [
    {
      epoch: 1,
      seconds: 3.5,
      train: { loss: 2 },
      metrics: { accuracy_top1: 0.5 },
      val: { loss: Number.NaN },
      rates: [0.1, 0.01, 0.01],
    },
  ],
  best: { epoch: 1, fitness: 0.5 },
  seconds: 4,
};

describe('a saved training', () => {
  const checkpoint = createSightlineCheckpoint({ size: 'n', task: 'classify', names: ['a', 'b'], seed: 3, imgsz: 64 });
  const args = readArguments(
    new Map([
      ['freeze', '[0, 1]'],
      ['lr0', '0.003'],
      ['threads', '2'],
    ]),
  );
  const source = { model: 'sightline-n', data: '/data', task: 'classify', imageCount: 8 };

  async function saved(): Promise<Uint8Array> {
    const { layout } = await buildTrainingNetwork(checkpoint, { imgsz: 64, batch: 2 });
    const state = { ...initialState(await readParameters(checkpoint, layout), 'adamw'), updates: 7 };
    return encodeTraining({ averaged: checkpoint, source, args, optimizer: 'adamw', state, progress });
  }

  it('gives back its network, its state, its arguments and how far it had come', async () => {
    const training = decodeTraining(await saved());
    expect(training).toMatchObject({ source, optimizer: 'adamw', updates: 7, progress });
    expect(readArguments(training.argumentTexts)).toEqual(args);
    const { layout } = await buildTrainingNetwork(training.checkpoint, { imgsz: 64, batch: 2 });
    const { parameters, statistics } = await readParameters(training.checkpoint, layout);
    expect(training.vectors.get('parameters')).toEqual(parameters);
    expect(training.vectors.get('statistics')).toEqual(statistics);
    expect([...training.vectors.keys()].sort()).toEqual(['gradient', 'moment', 'parameters', 'square', 'statistics']);
  });

  it('is refused where its header is not what a training writes', async () => {
    const { header, arrays } = decodeStateFile(await saved());
    const with_ = (changes: object) => encodeStateFile({ header: { ...Object(header), ...changes }, arrays });
    for (const changes of [
      { optimizer: 'lion' },
      { updates: -1 },
      { progress: null },
      { source: { ...source, imageCount: '8' } },
      { arguments: { lr0: 1 } },
      { network: { version: 1, modules: [], root: 0, entries: [] } },
    ]) {
      expect(() => decodeTraining(with_(changes)), JSON.stringify(changes)).toThrow(/damaged/);
    }
    expect(() => decodeTraining(encodeStateFile({ header, arrays: new Map() }))).toThrow('it has no network');
  });
});

describe('readProgress', () => {
  it('reads what JSON made of it', () => {
    expect(readProgress(JSON.parse(JSON.stringify(progress)))).toEqual(progress);
    expect(readProgress(JSON.parse(JSON.stringify(noProgress)))).toEqual(noProgress);
  });

  it.each([
    ['epoch', -1],
    ['epoch', 1.5],
    ['iteration', '2'],
    ['lossSums', {}],
    ['lossSums', [null]],
    ['updates', null],
    ['lastUpdate', -2],
    ['rows', [{}]],
    ['rows', [{ ...progress.rows[0], rates: [1] }]],
    ['best', []],
  ])('refuses %s = %j', (field, value) => {
    expect(() => readProgress({ ...progress, [field]: value })).toThrow('The training state is damaged');
  });
});

describe('memoryNeed', () => {
  it('grows with the batch, and a batch that does not fit is told with one that does', async () => {
    const checkpoint = createSightlineCheckpoint({ size: 'n', task: 'detect', names: ['a'], seed: 0, imgsz: 64 });
    const [two, four] = await Promise.all(
      [2, 4].map(async (batch) => memoryNeed(await buildTrainingNetwork(checkpoint, { imgsz: 64, batch }))),
    );
    expect(four.perImage / two.perImage).toBeCloseTo(1, 6);
    const need = { perImage: 100e6, fixed: 200e6 };
    expect(() => checkMemory(need, defaultArguments.batch, 2e9)).not.toThrow();
    expect(() => checkMemory(need, 32, 2e9)).toThrow(
      'A batch of 32 images needs about 3.4 GB of memory, and 2.0 GB are free. Train with batch=18, or with a smaller imgsz.',
    );
    expect(() => checkMemory(need, 1, 0.1e9)).toThrow('Train with a smaller imgsz.');
  });
});
