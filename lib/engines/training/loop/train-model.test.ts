import { describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { Fault } from '@/lib/core/fault';
import type { Checkpoint, CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { createBatchLoader } from '@/lib/engines/training/batch/batch-loader';
import { batchesPerEpoch } from '@/lib/engines/training/batch/batch-plan';
import { createLocalBatchMaker } from '@/lib/engines/training/batch/local-batch-maker';
import { drawnImages } from '@/lib/engines/training/batch/test-support/drawn-images';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { decodeTraining, type SavedTraining } from '@/lib/engines/training/loop/saved-training';
import { trainModel } from '@/lib/engines/training/loop/train-model';
import { readArguments } from '@/lib/engines/training/loop/training-arguments';
import type { TrainingData } from '@/lib/engines/training/loop/training-data';
import type { TrainingEvent } from '@/lib/engines/training/loop/training-event';
import type { TrainingSurroundings } from '@/lib/engines/training/loop/training-request';
import { memoryTensor } from '@/lib/engines/training/network/memory-tensor';
import { createSightlineCheckpoint } from '@/lib/engines/training/network/sightline/create-sightline-checkpoint';
import { runFiles } from '@/lib/engines/training/run-folder/run-store';
import type { SessionFactory } from '@/lib/engines/vision/session';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

const names = ['a', 'b'];
const images = Array.from({ length: 6 }, (_, index) => ({ path: `/${index}`, classId: index % 2 }));
const set = { task: 'classify', images } as const;
const data: TrainingData = {
  task: 'classify',
  names,
  skeleton: null,
  train: set,
  val: { set: { ...set, images: images.slice(0, 2) }, names, sigmas: null },
  problems: [],
  problemCount: 0,
};
const checkpoint = createSightlineCheckpoint({ size: 'n', task: 'classify', names, seed: 1, imgsz: 32 });
const texts = { imgsz: '32', batch: '2', epochs: '1', plots: 'False' };

/** A run on drawn images whose files stay in memory, and what of it is still open. */
function runOf(changes: Partial<TrainingSurroundings> = {}, argumentTexts: Readonly<Record<string, string>> = {}) {
  const events: TrainingEvent[] = [];
  const files = new Map<string, Uint8Array | string>();
  const open = { sessions: 0, loaders: 0, made: 0 };
  const decode = drawnImages(['/3']);
  const node = nodeSessionFactory({ threads: 1 });
  const sessions: SessionFactory = async (model, facts) => {
    const session = await node(model, facts);
    open.sessions++;
    open.made++;
    return {
      ...session,
      async dispose() {
        open.sessions--;
        await session.dispose();
      },
    };
  };
  const surroundings: TrainingSurroundings = {
    sessions,
    trainingSessions: sessions,
    forms: gradientForms.cpu,
    backend: 'cpu',
    threads: 1,
    decode,
    store: {
      write: async (name, content) => void files.set(name, content),
      read: async (name) => bytesOf(files, name),
    },
    openBatches(request) {
      open.loaders++;
      const loader = createBatchLoader({
        makers: [createLocalBatchMaker({ ...request, decode })],
        batchesPerEpoch: batchesPerEpoch(request.set.images.length, request.plan.batch),
        epochs: request.plan.epochs,
        onProblem: request.onProblem,
        signal: request.signal,
      });
      return {
        ...loader,
        async close() {
          open.loaders--;
          await loader.close();
        },
      };
    },
    ...changes,
  };
  const train = (resumed: SavedTraining | null = null, start: Checkpoint = resumed?.checkpoint ?? checkpoint) =>
    trainModel({
      checkpoint: start,
      args: readArguments(new Map(Object.entries({ ...texts, ...argumentTexts }))),
      data,
      resumed,
      source: { model: 'sightline-n', data: '/d', task: 'classify', imageCount: images.length },
      surroundings,
      tell: (event) => events.push(event),
      signal: new AbortController().signal,
    });
  const notices = () => events.flatMap((event) => (event.kind === 'notice' ? [event.text] : []));
  return { train, events, notices, files, open, sessions };
}

/** As `checkpoint`, for images of one channel. */
function greyCheckpoint(): Checkpoint {
  const { model } = checkpoint;
  const changed = (node: ModuleNode, [name, ...path]: readonly string[]): ModuleNode => {
    if (name === undefined) {
      const width = node.parameters.get('weight')?.shape[0] ?? 0;
      const weight = memoryTensor([width, 1, 3, 3], new Float32Array(width * 9));
      return { ...node, parameters: new Map([...node.parameters, ['weight', weight]]) };
    }
    const child = present(node.children.get(name), name);
    return { ...node, children: new Map([...node.children, [name, changed(child, path)]]) };
  };
  const yaml = new Map<CheckpointValue, CheckpointValue>([
    ['nc', names.length],
    ['channels', 1],
  ]);
  const attributes = new Map<string, CheckpointValue>([...model.attributes, ['yaml', yaml]]);
  return { ...checkpoint, model: { ...changed(model, ['model', '0', 'conv']), attributes } };
}

function bytesOf(files: ReadonlyMap<string, Uint8Array | string>, name: string): Uint8Array | null {
  const content = files.get(name);
  return content instanceof Uint8Array ? content : null;
}

const closed = { sessions: 0, loaders: 0 };

const refusal = new Fault({ code: 'runtime-failed', found: 'It does not open.', remedy: 'Try again.' });

describe('trainModel', () => {
  it('trains at the next multiple of the stride and without a damaged image, and tells both', async () => {
    const run = runOf({}, { imgsz: '40' });
    const { reason, scores } = await run.train();
    expect([reason, scores?.images]).toEqual(['completed', 2]);
    expect(run.notices()).toEqual([
      'imgsz=40 is no multiple of the network’s stride, 32: images are 64 × 64 pixels.',
      '/3: This image is damaged. It was skipped.',
    ]);
    expect(run.events.at(-1)).toMatchObject({ kind: 'finished', reason: 'completed', bestEpoch: 1, fault: null });
    expect([...run.files.keys()].sort()).toEqual(
      [runFiles.best, runFiles.bestWeights, runFiles.state, runFiles.results].sort(),
    );
    expect(run.open).toMatchObject(closed);
  });

  it('refuses a batch that does not fit before anything is loaded or written, and says which does', async () => {
    const run = runOf({ availableBytes: 400e6 }, { batch: '256', imgsz: '256' });
    await expect(run.train()).rejects.toMatchObject({
      code: 'out-of-memory',
      remedy: expect.stringMatching(/^Train with batch=\d+, /),
    });
    expect([run.open, run.files.size, run.events]).toEqual([{ ...closed, made: 0 }, 0, []]);
  });

  it.each([1, 2, 3])('closes what is open when session %i does not open', async (failing) => {
    const run = runOf();
    const sessions: SessionFactory = (...model) =>
      run.open.made + 1 === failing ? Promise.reject(refusal) : run.sessions(...model);
    const opening = runOf({ sessions, trainingSessions: sessions });
    await expect(opening.train()).rejects.toBe(refusal);
    expect(run.open).toEqual({ ...closed, made: failing - 1 });
    expect(opening.open.loaders).toBe(0);
  });

  it('closes the network when no batches can be made', async () => {
    const run = runOf({
      openBatches: () => {
        throw refusal;
      },
    });
    await expect(run.train()).rejects.toBe(refusal);
    expect(run.open).toEqual({ ...closed, made: 3 });
  });

  it('refuses networks that look at images of other channels', async () => {
    const run = runOf();
    await expect(run.train(null, greyCheckpoint())).rejects.toMatchObject({
      code: 'model-unsupported',
      found: expect.stringContaining('looks at images of 1 channel,'),
    });
    expect(run.open).toMatchObject(closed);
  });

  it('refuses states of another network or optimizer, of impossible places and of no finite numbers', async () => {
    const first = runOf();
    await first.train();
    const saved = decodeTraining(bytesOf(first.files, runFiles.state) ?? new Uint8Array());
    const moment = saved.vectors.get('moment') ?? new Float32Array();
    const refused = async (found: string, changes: Partial<SavedTraining>, optimizer = 'AdamW') => {
      const run = runOf({}, { epochs: '2', optimizer });
      await expect(run.train({ ...saved, ...changes })).rejects.toThrow(found);
      expect(run.open).toMatchObject(closed);
    };
    await refused('of another network, or of another optimizer', {}, 'SGD');
    await refused('of another network', { vectors: new Map([...saved.vectors, ['moment', moment.subarray(1)]]) });
    await refused('moment holds NaN', {
      vectors: new Map([...saved.vectors, ['moment', moment.map(() => Number.NaN)]]),
    });
    await refused('damaged: it is 9 steps into an epoch of 3', { progress: { ...saved.progress, iteration: 9 } });
  });
});
