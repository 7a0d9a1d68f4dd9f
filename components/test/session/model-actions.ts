import { invalidateRuns } from '@/components/test/session/image-transitions';
import { createModelOpener, type Opening } from '@/components/test/session/model-opener';
import {
  activateModel,
  addModel,
  adoptStored,
  forgiveModels,
  mapModel,
  modelIdOf,
  pickReading,
  refuseModel,
  removeModel,
  restoreModel,
  sizeModel,
} from '@/components/test/session/model-transitions';
import { type SessionCore, toPlainFault } from '@/components/test/session/session-core';
import { justBeingRead, type ModelEntry, runKey, runnableModel } from '@/components/test/session/test-state';
import type { StoredModel } from '@/lib/browser/model-shelf';
import type { BackendPreference } from '@/lib/browser/vision-protocol';

/** A model that was taken away, with what puts it back: its place, and its file once it has left the store. */
export type RemovedModel = {
  readonly model: ModelEntry;
  readonly index: number;
  readonly file: Promise<Blob | null>;
  /** Of a model that was still being read: its opening ended with the removal. */
  readonly opening: Opening | null;
};

/** A model that another machine keeps. */
export type HostedModel = {
  readonly name: string;
  /** Zero where it is not known before the file is here. */
  readonly sizeBytes: number;
  /** Of the row in the panel; a new one unless told. */
  readonly key?: string;
  /** Whether this machine remembers it for the next visit; it does unless told. */
  readonly isKept?: boolean;
  readonly load: (onProgress: (loadedBytes: number) => void) => Promise<Blob>;
};

export type ModelActions = ReturnType<typeof createModelActions>;

export function createModelActions(core: SessionCore) {
  const { client, modelStore, now } = core.ports;
  /** The model the person asked for last: files that are read later do not take its place. */
  let wanted: string | null = null;

  const openings = createModelOpener(core, { isWanted: (key) => wanted === key, onOpened: rerun });

  function rerun(): void {
    core.interrupt();
    core.update((state) => {
      const model = runnableModel(state, state.activeModelKey);
      return invalidateRuns(state, (id) => model !== null && core.runs.has(runKey(id, model, state.imgsz)), now());
    });
    core.refreshShown();
    core.redoFrame();
    core.pump();
  }

  /** Runs this model from now on; one that is only remembered is read from this machine first. */
  function chooseModel(key: string): void {
    const entry = core.get().models.find((model) => model.key === key);
    if (!entry) return;
    if (entry.content.status !== 'refused') wanted = key;
    if (entry.content.status === 'ready') {
      core.update((state) => activateModel(state, key));
      rerun();
    }
    if (entry.content.status === 'stored') void openStored(entry, entry.content);
  }

  return {
    adoptStoredModels(stored: readonly StoredModel[]): void {
      core.update((state) => adoptStored(state, stored));
      const first = core.get().models[0];
      if (core.get().activeModelKey === null && first?.content.status === 'stored') chooseModel(first.key);
    },

    /** Lists model files at once and reads them in order; the last is used, unless another is chosen meanwhile. */
    async addModelFiles(files: readonly File[]): Promise<void> {
      const added = files.map((file) => ({ key: crypto.randomUUID(), file }));
      core.update((state) => added.reduce((next, { key, file }) => addModel(next, key, file.name, file.size), state));
      wanted = added.at(-1)?.key ?? wanted;
      const readings = added.map(({ key, file }) =>
        openings.prepare(key, { name: file.name, file, remembered: null, isKept: true }),
      );
      for (const read of readings) await read();
    },

    /**
     * Opens a model that is kept elsewhere. It stands in the panel while it is fetched, is used once it is here, and is then
     * remembered on this machine like one that was dropped.
     */
    async addHostedModel(hosted: HostedModel): Promise<void> {
      const { name, sizeBytes, key = crypto.randomUUID(), isKept = true, load } = hosted;
      core.update((state) => addModel(state, key, name, sizeBytes));
      wanted = key;
      try {
        const file = await load((loadedBytes) =>
          core.update((state) => ({ ...state, download: { file: name, loadedBytes, totalBytes: sizeBytes } })),
        );
        core.update((state) => sizeModel({ ...state, download: null }, key, file.size));
        await openings.open(key, { name, file, remembered: null, isKept });
      } catch (error) {
        core.update((state) => refuseModel({ ...state, download: null }, key, toPlainFault(error)));
      }
    },

    chooseModel,

    /** Takes a model out of the panel and off this machine. What is given back undoes it, or lets it go. */
    removeModel(key: string): RemovedModel | null {
      const index = core.get().models.findIndex((model) => model.key === key);
      const model = core.get().models[index];
      if (!model) return null;
      const wasActive = core.get().activeModelKey === key;
      core.update((state) => removeModel(state, key));
      if (wasActive) rerun();
      core.refreshShown();
      const opening = openings.stop(key);
      return { model, index, opening, file: takeOffShelf(model, opening) };
    },

    /** Frees what the worker and the caches hold of a model whose removal is not undone any more. */
    forgetModel({ model }: RemovedModel): void {
      const modelId = modelIdOf(model);
      if (modelId === null || core.get().models.some((other) => modelIdOf(other) === modelId)) return;
      core.runs.deleteWhere((key) => key.includes(modelId));
      if (model.content.status === 'ready') void client.closeModel(modelId).catch(() => undefined);
    },

    restoreModel({ model, index, file, opening }: RemovedModel): void {
      core.update((state) => restoreModel(state, opening ? { ...model, content: justBeingRead } : model, index));
      rerun();
      // Kept anew only once it has left the store.
      if (opening) void file.then(() => openings.open(model.key, { ...opening, remembered: null }));
      else void putBack(model, file);
    },

    pickReading(key: string, readingIndex: number): void {
      core.update((state) => pickReading(state, key, readingIndex));
      const model = core.get().models.find((candidate) => candidate.key === key);
      if (model?.content.status === 'ready') {
        const { modelId } = model.content;
        void modelStore().then((kept) => kept.rememberReading(modelId, readingIndex).catch(() => undefined));
      }
      rerun();
    },

    tryModelAgain(): void {
      core.update(forgiveModels);
      rerun();
    },

    setImgsz(imgsz: number | null): void {
      if (core.get().imgsz === imgsz) return;
      core.update((state) => forgiveModels({ ...state, imgsz }));
      rerun();
    },

    async setBackend(backendPreference: BackendPreference): Promise<void> {
      core.update((state) => forgiveModels({ ...state, backendPreference }));
      core.interrupt();
      await client.setBackend(backendPreference).catch(() => undefined);
      core.runs.deleteWhere(() => true);
      core.update((state) => ({ ...state, shown: { ...state.shown, primary: null, secondary: null } }));
      rerun();
    },
  };

  async function openStored(
    entry: ModelEntry,
    stored: { readonly modelId: string; readonly readingIndex: number | null },
  ) {
    core.update((state) => mapModel(state, entry.key, justBeingRead));
    try {
      const file = await (await modelStore()).loadModel(stored.modelId);
      await openings.open(entry.key, { name: entry.name, file, remembered: stored, isKept: true });
    } catch (error) {
      core.update((state) => refuseModel(state, entry.key, toPlainFault(error)));
    }
  }

  /** Removes a model's file from this machine at once, so that it stays away even if the page is left before the undo ends. */
  async function takeOffShelf({ content }: ModelEntry, opening: Opening | null): Promise<Blob | null> {
    const remembered = opening?.remembered;
    if (remembered) await modelStore().then((kept) => kept.removeModel(remembered.modelId).catch(() => undefined));
    if (content.status !== 'ready' && content.status !== 'stored') return null;
    try {
      const kept = await modelStore();
      const file = content.status === 'ready' ? content.file : await kept.loadModel(content.modelId);
      await kept.removeModel(content.modelId);
      return file;
    } catch {
      return null;
    }
  }

  async function putBack(model: ModelEntry, removal: Promise<Blob | null>): Promise<void> {
    const { content } = model;
    const file = await removal;
    if (!file || (content.status !== 'ready' && content.status !== 'stored')) return;
    const kept = await modelStore();
    const isSettled = content.status === 'stored' || content.settled;
    try {
      await kept.saveModel(content.modelId, file, { name: model.name });
      if (isSettled && content.readingIndex !== null) await kept.rememberReading(content.modelId, content.readingIndex);
    } catch {
      // The model works in this visit; it is only not remembered, as when it is first added to a full store.
    }
  }
}
