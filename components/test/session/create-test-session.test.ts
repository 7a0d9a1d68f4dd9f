import { describe, expect, it, vi } from 'vitest';
import { createTestSession, type TestSession } from '@/components/test/session/create-test-session';
import type { SessionPorts } from '@/components/test/session/session-core';
import {
  identityOf,
  smallIdentity,
  smallReport,
  smallSpec,
} from '@/components/test/session/test-support/session-fixtures';
import type { PredictReply, PredictRequest, VisionClient } from '@/lib/browser/vision-protocol';
import { Fault } from '@/lib/core/fault';
import type { HeadOutput } from '@/lib/engines/vision/head-output';
import { interpretHead } from '@/lib/engines/vision/interpret-head';

const size = { width: 64, height: 64 };

/** Two anchors far apart: a person at 0.9 and a bus at 0.4. */
function twoObjects(): HeadOutput {
  const data = new Float32Array([10, 40, 10, 40, 8, 8, 8, 8, 0.9, 0, 0, 0.4, 0, 0]);
  return {
    main: { data, dims: [7, 2] },
    prototypes: null,
    placement: { kind: 'letterbox', image: size, input: size, resized: size, scaleX: 1, scaleY: 1, left: 0, top: 0 },
  };
}

/** A worker without a worker: it answers every image at once, or with the fault that its name asks for. */
function fakeClient(identity = smallIdentity) {
  const predicted: PredictRequest[] = [];
  const client: VisionClient = {
    openModel: async (file, options) => {
      const modelId = await file.text();
      if (modelId.startsWith('checkpoint')) {
        options?.onProgress?.({ kind: 'inspected', report: smallReport });
        options?.onProgress?.({ kind: 'converting', progress: { step: 'weights', share: 0.5 } });
        if (modelId.endsWith('refused')) throw new Fault({ code: 'model-unsafe', found: 'No.', remedy: 'Do not.' });
      }
      // Ends only when nobody waits for it any more.
      if (modelId.endsWith('endless')) {
        await new Promise((resolve) => options?.signal?.addEventListener('abort', resolve));
        throw new Fault({ code: 'cancelled', found: '', remedy: '' });
      }
      if (modelId === 'broken') throw new Fault({ code: 'model-not-onnx', found: 'No model.', remedy: 'Drop one.' });
      return { modelId, identity, conversion: null };
    },
    inspectFile: async () => smallReport,
    convertFile: async (file) => new Blob([file, '.onnx']),
    closeModel: async () => {},
    async predict(request, options) {
      predicted.push(request);
      const words = request.image.kind === 'blob' ? await request.image.blob.text() : '';
      if (options?.signal?.aborted) throw new Fault({ code: 'cancelled', found: '', remedy: '' });
      if (words === 'not an image') throw new Fault({ code: 'image-not-an-image', found: 'Text.', remedy: 'Drop.' });
      if (request.modelId === 'hungry') throw new Fault({ code: 'out-of-memory', found: 'Full.', remedy: 'Smaller.' });
      return replyTo(request);
    },
    decode: async () => bitmap(),
    setBackend: async () => {},
    subscribe: () => () => {},
    dispose: () => {},
  };
  return { client, predicted };
}

function replyTo({ spec, thresholds, wantBitmap }: PredictRequest): PredictReply {
  const output = twoObjects();
  return {
    result: interpretHead(spec, output, thresholds),
    output,
    timings: { decode: 1, letterbox: 1, inference: 1, postprocess: 1 },
    backend: { backend: 'wasm', threads: 1, device: null, slowReasons: [] },
    bitmap: wantBitmap ? bitmap() : null,
  };
}

/** Node has no ImageBitmap; the session only reads its size and closes it. */
function bitmap(): ImageBitmap {
  return { ...size, close: () => {} };
}

function startSession(identity = smallIdentity) {
  const { client, predicted } = fakeClient(identity);
  const kept = new Map<string, Blob>();
  const ports: SessionPorts = {
    client,
    modelStore: async () => ({
      saveModel: async (id, file, { name }) => {
        kept.set(id, file);
        return { id, name, sizeBytes: file.size, addedAt: 0, readingIndex: null };
      },
      loadModel: async (id) => new File([kept.get(id) ?? ''], id),
      removeModel: async (id) => void kept.delete(id),
      rememberReading: async () => {},
    }),
    interpret: interpretHead,
    thumbnails: { make: async () => 'blob:thumbnail', release: () => {} },
    live: {
      openVideo: async () => {
        throw new Fault({ code: 'video-unreadable', found: 'No video.', remedy: 'Convert it.' });
      },
      openCamera: async () => {
        throw new Fault({ code: 'camera-unavailable', found: 'No camera.', remedy: 'Plug one in.' });
      },
    },
    now: () => performance.now(),
  };
  return { session: createTestSession(ports), predicted, kept };
}

function modelFile(id: string): File {
  return new File([id], `${id}.onnx`);
}

function image(name: string, content = name) {
  return { name, blob: new Blob([content]) };
}

function names({ store }: TestSession): string[] {
  const result = store.getState().shown.primary?.result;
  return result && 'detections' in result ? result.detections.map(({ classId }) => result.names[classId] ?? '') : [];
}

async function allDone({ store }: TestSession): Promise<void> {
  await vi.waitFor(() => {
    expect(store.getState().images.every(({ run }) => run.status === 'done' || run.status === 'failed')).toBe(true);
  });
}

describe('a session of the Test page', () => {
  it('predicts every image once, and changes thresholds without predicting again', async () => {
    const { session, predicted } = startSession();
    await session.actions.addModelFiles([modelFile('m')]);
    session.actions.addImages([image('a.png'), image('b.png')]);
    await allDone(session);
    expect(predicted).toHaveLength(2);
    expect(names(session)).toEqual(['person', 'bus']);

    session.actions.setThresholds({ conf: 0.5 });
    expect(names(session)).toEqual(['person']);
    session.actions.setThresholds({ conf: 0.25, classes: [1] });
    expect(names(session)).toEqual(['bus']);
    expect(predicted).toHaveLength(2);
  });

  it('runs images that were there before the model', async () => {
    const { session } = startSession();
    session.actions.addImages([image('a.png')]);
    expect(session.store.getState().images[0]?.run.status).toBe('idle');
    await session.actions.addModelFiles([modelFile('m')]);
    await allDone(session);
    expect(names(session)).toEqual(['person', 'bus']);
  });

  it('keeps going after an image that is none, and keeps its fault at the image', async () => {
    const { session } = startSession();
    await session.actions.addModelFiles([modelFile('m')]);
    session.actions.addImages([image('a.png', 'not an image'), image('b.png')]);
    await allDone(session);
    const [first, second] = session.store.getState().images;
    expect(first?.run).toMatchObject({ status: 'failed', fault: { code: 'image-not-an-image' } });
    expect(second?.run.status).toBe('done');
  });

  it('puts a refused file at its row and goes on with the model in use', async () => {
    const { session } = startSession();
    await session.actions.addModelFiles([modelFile('m'), modelFile('broken')]);
    session.actions.addImages([image('a.png')]);
    await allDone(session);
    const { models, activeModelKey } = session.store.getState();
    expect(models[1]?.content).toMatchObject({ status: 'refused', fault: { code: 'model-not-onnx' } });
    expect(activeModelKey).toBe(models[0]?.key);
  });

  it('blames a model that ran out of memory, loses no image, and works again with another', async () => {
    const { session } = startSession();
    await session.actions.addModelFiles([modelFile('hungry')]);
    session.actions.addImages([image('a.png'), image('b.png')]);
    await vi.waitFor(() => {
      expect(session.store.getState().models[0]?.content).toMatchObject({ fault: { code: 'out-of-memory' } });
    });
    expect(session.store.getState().images).toHaveLength(2);
    await session.actions.addModelFiles([modelFile('m')]);
    await allDone(session);
    expect(names(session)).toEqual(['person', 'bus']);
  });

  it('runs again after the image size changed, the image that is looked at first', async () => {
    const { session, predicted } = startSession();
    await session.actions.addModelFiles([modelFile('m')]);
    session.actions.addImages([image('a.png'), image('b.png')]);
    await allDone(session);
    session.actions.selectNeighbour(1);
    session.actions.setImgsz(320);
    await allDone(session);
    expect(predicted.slice(2).map(({ imgsz }) => imgsz)).toEqual([320, 320]);
    const [firstAgain] = predicted.slice(2);
    expect(firstAgain?.image.kind === 'blob' && (await firstAgain.image.blob.text())).toBe('b.png');
  });

  it('needs no run to come back to a model whose outputs are at hand', async () => {
    const { session, predicted } = startSession();
    await session.actions.addModelFiles([modelFile('m')]);
    session.actions.addImages([image('a.png')]);
    await allDone(session);
    await session.actions.addModelFiles([modelFile('other')]);
    await allDone(session);
    session.actions.chooseModel(session.store.getState().models[0]?.key ?? '');
    await allDone(session);
    expect(predicted).toHaveLength(2);
  });

  it('reads the same output anew when another reading is picked', async () => {
    const renamed = { ...smallSpec, names: ['cat', 'car', 'cup'] };
    const { session } = startSession(
      identityOf([
        { spec: smallSpec, label: 'One', reason: '' },
        { spec: renamed, label: 'Two', reason: '' },
      ]),
    );
    await session.actions.addModelFiles([modelFile('m')]);
    session.actions.addImages([image('a.png')]);
    await allDone(session);
    session.actions.pickReading(session.store.getState().models[0]?.key ?? '', 1);
    await allDone(session);
    expect(names(session)).toEqual(['cat', 'car']);
  });

  it('takes a removed model off this machine at once, and puts it back by undo', async () => {
    const { session, kept } = startSession();
    await session.actions.addModelFiles([modelFile('m')]);
    const key = session.store.getState().models[0]?.key ?? '';
    const removed = session.actions.removeModel(key);
    await vi.waitFor(() => expect(kept.has('m')).toBe(false));
    if (removed) session.actions.restoreModel(removed);
    expect(session.store.getState().activeModelKey).toBe(key);
    await vi.waitFor(() => expect(kept.has('m')).toBe(true));
  });

  it('tells what is in a checkpoint while it is converted, and keeps that with the model', async () => {
    const { session } = startSession();
    const steps: unknown[] = [];
    session.store.subscribe(({ models }) => steps.push(models[0]?.content));
    await session.actions.addModelFiles([modelFile('checkpoint')]);
    expect(steps).toContainEqual({ status: 'reading', report: smallReport, progress: null });
    expect(steps).toContainEqual({
      status: 'reading',
      report: smallReport,
      progress: { step: 'weights', share: 0.5 },
    });
    expect(session.store.getState().models[0]?.content).toMatchObject({ status: 'ready', report: smallReport });
  });

  it('keeps what is in a refused checkpoint beside the refusal', async () => {
    const { session } = startSession();
    await session.actions.addModelFiles([modelFile('checkpoint refused')]);
    expect(session.store.getState().models[0]?.content).toMatchObject({
      status: 'refused',
      fault: { code: 'model-unsafe' },
      report: smallReport,
    });
  });

  it('stops converting a model that is removed, and begins anew when that is undone', async () => {
    const { session } = startSession();
    const first = session.actions.addModelFiles([modelFile('checkpoint endless')]);
    await vi.waitFor(() => expect(session.store.getState().models[0]?.content).toMatchObject({ report: smallReport }));
    const removed = session.actions.removeModel(session.store.getState().models[0]?.key ?? '');
    await first;
    expect(session.store.getState().models).toEqual([]);
    if (!removed) throw new Error('A model that stands in the panel can be removed.');
    session.actions.restoreModel(removed);
    expect(session.store.getState().models[0]?.content).toMatchObject({ status: 'reading', report: null });
    await vi.waitFor(() => expect(session.store.getState().models[0]?.content).toMatchObject({ report: smallReport }));
  });

  it('does not read a model that is removed before its turn, until that is undone', async () => {
    const { session } = startSession();
    const adding = session.actions.addModelFiles([modelFile('m'), modelFile('n')]);
    const removed = session.actions.removeModel(session.store.getState().models[1]?.key ?? '');
    await adding;
    expect(session.store.getState().models).toMatchObject([{ name: 'm.onnx', content: { status: 'ready' } }]);
    if (!removed) throw new Error('A model that stands in the panel can be removed.');
    session.actions.restoreModel(removed);
    await vi.waitFor(() => {
      expect(session.store.getState().models).toMatchObject([{}, { name: 'n.onnx', content: { status: 'ready' } }]);
    });
  });

  it('inspects and converts a model from the file it came from, remembered ones included', async () => {
    const { session, kept } = startSession();
    await session.actions.addModelFiles([modelFile('checkpoint')]);
    kept.set('old', new Blob(['old']));
    session.actions.adoptStoredModels([{ id: 'old', name: 'old.pt', sizeBytes: 3, addedAt: 0, readingIndex: null }]);
    const onnx = { format: 'onnx', options: {} } as const;
    const contents = session.store.getState().models.map(({ key }) => session.actions.convertModel(key, onnx));
    expect(await Promise.all((await Promise.all(contents)).map((blob) => blob.text()))).toEqual([
      'checkpoint.onnx',
      'old.onnx',
    ]);
    expect(await session.actions.inspectModel('stored-old')).toBe(smallReport);
    await expect(session.actions.convertModel('gone', onnx)).rejects.toMatchObject({ code: 'input-invalid' });
  });

  it('uses the remembered model that was chosen, whichever is read first', async () => {
    const { session, kept } = startSession();
    kept.set('young', new Blob(['young']));
    kept.set('old', new Blob(['old']));
    const stored = { name: 'x.onnx', sizeBytes: 1, addedAt: 0, readingIndex: null };
    session.actions.adoptStoredModels([
      { ...stored, id: 'young' },
      { ...stored, id: 'old' },
    ]);
    session.actions.chooseModel('stored-old');
    await vi.waitFor(() => {
      expect(session.store.getState().models.map(({ content }) => content.status)).toEqual(['ready', 'ready']);
    });
    expect(session.store.getState().activeModelKey).toBe('stored-old');
  });

  it('fetches a hosted model while its row stands in the panel, uses and remembers it', async () => {
    const { session, kept } = startSession();
    await session.actions.addHostedModel({
      name: 'street.onnx',
      sizeBytes: 6,
      async load(onProgress) {
        expect(session.store.getState().models).toMatchObject([
          { name: 'street.onnx', content: { status: 'reading' } },
        ]);
        onProgress(3);
        expect(session.store.getState().download?.loadedBytes).toBe(3);
        return new File(['hosted'], 'street.onnx');
      },
    });
    const { models, activeModelKey, download } = session.store.getState();
    expect(models).toMatchObject([{ key: activeModelKey, content: { status: 'ready', modelId: 'hosted' } }]);
    expect(download).toBeNull();
    expect(await kept.get('hosted')?.text()).toBe('hosted');
  });

  it('puts a hosted model that cannot be fetched at its row', async () => {
    const { session } = startSession();
    const fault = new Fault({ code: 'url-unreachable', found: 'No answer.', remedy: 'Try again.' });
    await session.actions.addHostedModel({ name: 'street.onnx', sizeBytes: 6, load: () => Promise.reject(fault) });
    expect(session.store.getState()).toMatchObject({
      models: [{ content: { status: 'refused', fault: { code: 'url-unreachable' } } }],
      download: null,
    });
  });

  it('leaves the model in use that was chosen while others were still being read', async () => {
    const { session } = startSession();
    const adding = session.actions.addModelFiles([modelFile('m'), modelFile('n')]);
    const first = session.store.getState().models[0]?.key ?? '';
    session.actions.chooseModel(first);
    await adding;
    expect(session.store.getState().activeModelKey).toBe(first);
  });

  it('visits every result for an export, without images that cannot be read', async () => {
    const { session } = startSession();
    await session.actions.addModelFiles([modelFile('m')]);
    session.actions.addImages([image('a.png'), image('b.png', 'not an image'), image('c.png')]);
    await allDone(session);
    const visited: string[] = [];
    await session.visitResults(async ({ imageName }) => void visited.push(imageName), {
      withBitmaps: false,
      signal: new AbortController().signal,
    });
    expect(visited).toEqual(['a.png', 'c.png']);
  });

  it('tells that a camera is missing and goes back to the images', async () => {
    const { session } = startSession();
    await session.actions.addModelFiles([modelFile('m')]);
    session.actions.addImages([image('a.png')]);
    await session.actions.openCamera({ kind: 'facing', facing: 'user' });
    expect(session.store.getState().live).toMatchObject({ kind: 'failed', fault: { code: 'camera-unavailable' } });
    session.actions.closeLive();
    await allDone(session);
    expect(names(session)).toEqual(['person', 'bus']);
  });
});
