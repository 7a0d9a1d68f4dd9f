import { describe, expect, it, vi } from 'vitest';
import { identityOf, smallReport, smallSpec } from '@/components/test/session/test-support/session-fixtures';
import { allDone, image, modelFile, names, startSession } from '@/components/test/session/test-support/started-session';
import { Fault } from '@/lib/core/fault';

describe('the models of a session of the Test page', () => {
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
});
