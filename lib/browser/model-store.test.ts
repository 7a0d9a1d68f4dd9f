import { describe, expect, it } from 'vitest';
import { createMemoryShelf, type Shelf } from '@/lib/browser/model-shelf';
import { modelStore, openModelStore } from '@/lib/browser/model-store';

const id = 'f'.repeat(64);
const bytes = new Blob([Uint8Array.of(1, 2, 3)]);

describe('modelStore', () => {
  it('gives back what was saved, under its own name, with the reading picked', async () => {
    const store = modelStore('memory', createMemoryShelf(), null);
    await store.saveModel(id, bytes, { name: 'yolo.onnx' });
    await store.rememberReading(id, 1);
    const [model] = await store.listModels();
    expect(model).toMatchObject({ id, name: 'yolo.onnx', sizeBytes: 3, readingIndex: 1 });
    const file = await store.loadModel(id);
    expect([file.name, [...new Uint8Array(await file.arrayBuffer())]]).toEqual(['yolo.onnx', [1, 2, 3]]);
  });

  it('keeps the first record of a file that is saved again', async () => {
    const store = modelStore('memory', createMemoryShelf(), null);
    await store.saveModel(id, bytes, { name: 'first.onnx' });
    await store.rememberReading(id, 2);
    await store.saveModel(id, bytes, { name: 'second.onnx' });
    expect(await store.listModels()).toMatchObject([{ name: 'first.onnx', readingIndex: 2 }]);
  });

  it('says that a removed model is gone', async () => {
    const store = modelStore('memory', createMemoryShelf(), null);
    await store.saveModel(id, bytes, { name: 'yolo.onnx' });
    await store.removeModel(id);
    await expect(store.loadModel(id)).rejects.toMatchObject({ code: 'file-not-found' });
    expect(await store.listModels()).toEqual([]);
  });

  it('tells a full disk with its numbers', async () => {
    const full: Shelf = {
      ...createMemoryShelf(),
      put: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
    };
    const store = modelStore('disk', full, {
      estimate: async () => ({ quota: 100 * 1024 ** 2, usage: 99 * 1024 ** 2 }),
      persist: async () => false,
    });
    await expect(store.saveModel(id, bytes, { name: 'yolo.onnx' })).rejects.toMatchObject({
      found: expect.stringMatching(/100 MB.*99 MB.*1 MB/),
    });
  });

  it('forgets with a model what it was converted to', async () => {
    const removed: string[] = [];
    const conversions = { remove: async (model: string) => void removed.push(model), sweep: async () => {} };
    const store = modelStore('disk', createMemoryShelf(), null, conversions);
    await store.saveModel(id, bytes, { name: 'best.pt' });
    await store.removeModel(id);
    expect(removed).toEqual([id]);
  });

  it('gives the room of a conversion to the model it was made of', async () => {
    const shelf = createMemoryShelf();
    let isFull = true;
    const crowded: Shelf = {
      ...shelf,
      put: (record, file) =>
        isFull ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : shelf.put(record, file),
    };
    const conversions = {
      remove: async () => {
        isFull = false;
      },
      sweep: async () => {},
    };
    const store = modelStore('disk', crowded, null, conversions);
    await store.saveModel(id, bytes, { name: 'best.pt' });
    expect(await store.listModels()).toHaveLength(1);
  });

  it('asks once to be kept when space is short', async () => {
    let asked = 0;
    const store = modelStore('disk', createMemoryShelf(), {
      estimate: async () => ({}),
      persist: async () => {
        asked++;
        return false;
      },
    });
    await store.saveModel(id, bytes, { name: 'a.onnx' });
    await store.saveModel('0'.repeat(64), bytes, { name: 'b.onnx' });
    expect(asked).toBe(1);
  });

  it('falls back to memory where the browser has no file system, and says so', async () => {
    expect((await openModelStore(null)).storeKind).toBe('memory');
  });
});
