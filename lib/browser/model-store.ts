import { type ConversionShelf, openConversionShelf } from '@/lib/browser/conversion-shelf';
import { createDiskShelf } from '@/lib/browser/disk-shelf';
import { createMemoryShelf, type Shelf, type StoredModel } from '@/lib/browser/model-shelf';
import { Fault } from '@/lib/core/fault';

export type ModelStore = {
  /** `disk`: models are there again after a restart. `memory`: the browser gives no storage here, so they last as long as the page. */
  readonly storeKind: 'disk' | 'memory';
  /** Youngest first. */
  listModels(): Promise<StoredModel[]>;
  /**
   * Keeps a copy of the file. Throws `input-invalid` with numbers when the browser's storage is full; what the model was converted
   * to makes room for the model itself first.
   */
  saveModel(id: string, file: Blob, meta: { readonly name: string }): Promise<StoredModel>;
  /** Throws `file-not-found` for a model that is not kept, or was removed in another tab. */
  loadModel(id: string): Promise<File>;
  /** Forgets the file and what it was converted to. */
  removeModel(id: string): Promise<void>;
  rememberReading(id: string, readingIndex: number): Promise<void>;
};

/**
 * Opens the models remembered on this machine: the browser's own disk (OPFS) where it gives one, else memory, as in private windows
 * and on pages without a secure connection.
 */
export async function openModelStore(storage: StorageManager | null = navigator.storage ?? null): Promise<ModelStore> {
  const shelf = await createDiskShelf(storage).catch(() => null);
  if (!shelf || !storage) return modelStore('memory', createMemoryShelf(), null);
  const conversions = await openConversionShelf(storage).catch(() => null);
  return modelStore('disk', shelf, storage, conversions);
}

/** The store over a shelf, and the conversions of its models; `storage` is asked about quota and persistence. */
export function modelStore(
  storeKind: ModelStore['storeKind'],
  shelf: Shelf,
  storage: Pick<StorageManager, 'estimate' | 'persist'> | null,
  conversions: Pick<ConversionShelf, 'remove' | 'sweep'> | null = null,
): ModelStore {
  let askedToPersist = false;

  async function put(record: StoredModel, file: Blob): Promise<void> {
    try {
      await shelf.put(record, file);
    } catch (error) {
      if (!isFull(error) || !conversions) throw error;
      // It can be made again, the model cannot.
      await conversions.remove(record.id);
      await shelf.put(record, file);
    }
  }

  return {
    storeKind,

    async listModels() {
      const models = await shelf.list();
      // Leftovers of models that another tab, or a full disk, did not keep. Nobody waits for that.
      void conversions?.sweep(new Set(models.map(({ id }) => id))).catch(() => undefined);
      return models.sort((a, b) => b.addedAt - a.addedAt);
    },

    async saveModel(id, file, { name }) {
      const known = (await shelf.list()).find((record) => record.id === id);
      if (known) return known;
      if (!askedToPersist) {
        askedToPersist = true;
        // Without it a browser short of space may clear the models; it may answer no, and some ask the person.
        await storage?.persist().catch(() => false);
      }
      const record: StoredModel = { id, name, sizeBytes: file.size, addedAt: Date.now(), readingIndex: null };
      try {
        await put(record, file);
      } catch (cause) {
        throw await storageFault(cause, file.size, storage);
      }
      return record;
    },

    async loadModel(id) {
      const record = (await shelf.list()).find((entry) => entry.id === id);
      const file = record ? await shelf.file(id) : null;
      if (record && file) return new File([file], record.name, { lastModified: record.addedAt });
      throw new Fault({
        code: 'file-not-found',
        found: 'This model is not kept here any more; it may have been removed in another tab or by the browser.',
        remedy: 'Drop the model again.',
      });
    },

    async removeModel(id) {
      await shelf.remove(id);
      await conversions?.remove(id);
    },

    rememberReading: (id, readingIndex) => shelf.update(id, (record) => ({ ...record, readingIndex })),
  };
}

async function storageFault(
  cause: unknown,
  sizeBytes: number,
  storage: Pick<StorageManager, 'estimate'> | null,
): Promise<unknown> {
  if (!isFull(cause)) return cause;
  const { usage = 0, quota = 0 } = (await storage?.estimate().catch(() => null)) ?? {};
  return new Fault(
    {
      code: 'input-invalid',
      found: `The browser keeps up to ${megabytes(quota)} MB for this page, ${megabytes(usage)} MB are used, and the model needs ${megabytes(sizeBytes)} MB.`,
      remedy: 'Remove models that are no longer needed; this one works until the page is closed.',
    },
    { cause },
  );
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1024 ** 2);
}
