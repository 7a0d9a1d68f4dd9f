import { describe, expect, it, vi } from 'vitest';
import { createUploads } from '@/components/upload/create-uploads';
import { fileFingerprint, rememberedUploads } from '@/components/upload/remembered-uploads';
import { createFakeServer } from '@/components/upload/test-support/fake-upload-server';
import { refusalOf, type UploadTarget } from '@/components/upload/upload-entry';
import { UploadFault } from '@/components/upload/upload-transport';
import { maximumModelBytes } from '@/lib/domain/models/schema';

const target: UploadTarget = { kind: 'new-model', projectId: 'project_1', projectName: 'Traffic' };
const modelFile = (name: string, bytes = 1000) => new File([new Uint8Array(bytes)], name, { lastModified: 7 });

function set() {
  const server = createFakeServer({ chunkBytes: 400 });
  const entries = new Map<string, string>();
  const storage = {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
  };
  const remembered = rememberedUploads(storage, () => 0);
  const finish = vi.fn(async (_target: UploadTarget, uploadId: string, _signal: AbortSignal) => ({
    id: `model_of_${uploadId}`,
    name: 'best',
    projectId: 'project_1',
    href: '/ada/traffic/best',
    reason: null,
  }));
  const wait = async (_milliseconds: number, signal: AbortSignal) => signal.throwIfAborted();
  const uploads = createUploads({ transport: server.transport, finish, remembered, wait, now: () => 0 });
  const ended = () =>
    vi.waitFor(() => {
      const states = uploads.store.getState().map(({ state }) => state);
      expect(states.every(({ status }) => status === 'done' || status === 'failed')).toBe(true);
      return states;
    });
  return { server, remembered, finish, uploads, ended };
}

describe('uploads', () => {
  it('sends several files, makes a model of each and tells who listens', async () => {
    const { uploads, ended, finish } = set();
    const heard: string[] = [];
    uploads.onModel(({ id }) => heard.push(id));
    uploads.add([modelFile('a.onnx'), modelFile('b.pt')], target);
    expect((await ended()).map(({ status }) => status)).toEqual(['done', 'done']);
    expect(heard.sort()).toEqual(['model_of_upload_1', 'model_of_upload_2']);
    expect(finish.mock.calls[0]?.[0]).toEqual(target);
  });

  it('sends no more than three at once', async () => {
    const { uploads, ended, finish } = set();
    let most = 0;
    uploads.store.subscribe((entries) => {
      const busy = entries.filter(({ state }) => state.status === 'sending' || state.status === 'checking').length;
      most = Math.max(most, busy);
    });
    uploads.add(
      Array.from({ length: 8 }, (_, index) => modelFile(`${index}.onnx`)),
      target,
    );
    await ended();
    expect(most).toBe(3);
    expect(finish).toHaveBeenCalledTimes(8);
  });

  it('refuses what cannot be a model without sending a byte', async () => {
    const { uploads, server } = set();
    uploads.add([modelFile('cat.jpg'), modelFile('empty.onnx', 0)], target);
    const states = uploads.store.getState().map(({ state }) => state);
    expect(states).toMatchObject([
      { status: 'failed', canRetry: false, message: expect.stringContaining('.onnx or .pt') },
      { status: 'failed', canRetry: false, message: expect.stringContaining('empty') },
    ]);
    expect(server.pieces).toEqual([]);
  });

  it('tells what the server said about a file that is no model, and offers no other try', async () => {
    const { uploads, ended, finish, remembered } = set();
    finish.mockRejectedValueOnce(
      new UploadFault('refused', 'Expected an ONNX model, found a PNG image.', { requestId: 'req_9' }),
    );
    const file = modelFile('cat.onnx');
    uploads.add([file], target);
    expect(await ended()).toEqual([
      { status: 'failed', message: 'Expected an ONNX model, found a PNG image.', requestId: 'req_9', canRetry: false },
    ]);
    expect(remembered.find(fileFingerprint(file))).toBeNull();
  });

  it('goes on with a failed upload from the byte the server has', async () => {
    const { uploads, ended, finish, server } = set();
    finish.mockRejectedValueOnce(new UploadFault('connection', 'The server did not answer.'));
    uploads.add([modelFile('a.onnx')], target);
    expect(await ended()).toMatchObject([{ status: 'failed', canRetry: true }]);
    uploads.retry(uploads.store.getState()[0]?.key ?? '');
    expect(await ended()).toMatchObject([{ status: 'done' }]);
    expect(server.pieces).toEqual([400, 400, 200]);
  });

  it('goes on after a reload when the same file is dropped again', async () => {
    const { uploads, ended, server, remembered } = set();
    const file = modelFile('a.onnx');
    const uploadId = server.begin(file.size, new Uint8Array(800));
    remembered.remember(fileFingerprint(file), { uploadId, fileName: file.name, sizeBytes: file.size, startedAt: 0 });
    uploads.add([file], target);
    await ended();
    expect(server.pieces).toEqual([200]);
  });

  it('sends the same file twice when it is dropped twice, each as an upload of its own', async () => {
    const { uploads, ended, finish, server, remembered } = set();
    const file = modelFile('a.onnx');
    const uploadId = server.begin(file.size, new Uint8Array(800));
    remembered.remember(fileFingerprint(file), { uploadId, fileName: file.name, sizeBytes: file.size, startedAt: 0 });
    uploads.add([file, file], target);
    expect((await ended()).map(({ status }) => status)).toEqual(['done', 'done']);
    expect(finish.mock.calls.map(([, id]) => id).sort()).toEqual(['upload_1', 'upload_2']);
    expect(server.pieces.toSorted()).toEqual([200, 200, 400, 400]);
    expect(server.contentOf('upload_1')).toHaveLength(1000);
  });

  it('sends the same file anew when it is dropped again while it is under way', async () => {
    const { uploads, ended, finish, server } = set();
    const file = modelFile('a.onnx');
    server.onPiece = (count) => count === 1 && uploads.add([file], target);
    uploads.add([file], target);
    expect((await ended()).map(({ status }) => status)).toEqual(['done', 'done']);
    expect(finish.mock.calls.map(([, id]) => id).sort()).toEqual(['upload_1', 'upload_2']);
  });

  it('leaves the other upload of the same file alone when one is cancelled', async () => {
    const { uploads, ended, server, remembered } = set();
    const file = modelFile('a.onnx');
    const kept = new Set<string | undefined>();
    server.onPiece = (count) => {
      if (count === 1) uploads.remove(uploads.store.getState()[0]?.key ?? '');
      kept.add(remembered.find(fileFingerprint(file))?.uploadId);
    };
    uploads.add([file, file], target);
    await vi.waitFor(() => expect(server.has('upload_1')).toBe(false));
    expect(await ended()).toMatchObject([{ status: 'done' }]);
    expect([...kept]).toEqual(['upload_2']);
    expect(server.contentOf('upload_2')).toHaveLength(1000);
  });

  it('goes on with a failed upload in the row of the file dropped again, and lets the first go without it', async () => {
    const { uploads, ended, finish, server } = set();
    finish.mockRejectedValueOnce(new UploadFault('connection', 'The server did not answer.'));
    const file = modelFile('a.onnx');
    uploads.add([file], target);
    await ended();
    uploads.add([file], target);
    uploads.remove(uploads.store.getState()[0]?.key ?? '');
    expect(await ended()).toMatchObject([{ status: 'done' }]);
    expect(finish.mock.calls.map(([, id]) => id)).toEqual(['upload_1', 'upload_1']);
    expect(server.has('upload_1')).toBe(true);
  });

  it('takes a cancelled upload off the list, off the server and out of memory', async () => {
    const { uploads, server, remembered, finish } = set();
    const file = modelFile('a.onnx');
    server.onPiece = () => uploads.remove(uploads.store.getState()[0]?.key ?? '');
    uploads.add([file], target);
    await vi.waitFor(() => expect(server.has('upload_1')).toBe(false));
    expect(uploads.store.getState()).toEqual([]);
    expect(remembered.find(fileFingerprint(file))).toBeNull();
    expect(finish).not.toHaveBeenCalled();
  });

  it('starts the next one when one is cancelled', async () => {
    const { uploads, ended, finish } = set();
    uploads.add(
      Array.from({ length: 4 }, (_, index) => modelFile(`${index}.onnx`)),
      target,
    );
    uploads.remove(uploads.store.getState()[0]?.key ?? '');
    expect(await ended()).toHaveLength(3);
    expect(finish).toHaveBeenCalledTimes(3);
  });
});

describe('remembered uploads', () => {
  it('are forgotten after a day, when the server has swept them', () => {
    let now = 0;
    let text: string | null = null;
    const storage = {
      getItem: () => text,
      setItem(_key: string, value: string) {
        text = value;
      },
    };
    const remembered = rememberedUploads(storage, () => now);
    remembered.remember('a', { uploadId: 'upload_1', fileName: 'a.onnx', sizeBytes: 1, startedAt: 0 });
    now = 23 * 3_600_000;
    expect(remembered.find('a')?.uploadId).toBe('upload_1');
    now = 24 * 3_600_000;
    expect(remembered.find('a')).toBeNull();
  });

  it.each(['not json', '{}', '[["a", 7]]', '[["a", {"uploadId": 7}]]', 'null'])(
    'survive a storage that holds %s',
    (text) => {
      const remembered = rememberedUploads({ getItem: () => text, setItem: () => undefined }, () => 0);
      expect(remembered.find('a')).toBeNull();
    },
  );

  it('work without any storage', () => {
    const remembered = rememberedUploads(null, () => 0);
    remembered.remember('a', { uploadId: 'upload_1', fileName: 'a.onnx', sizeBytes: 1, startedAt: 0 });
    expect(remembered.find('a')).toBeNull();
  });
});

describe('the first look at a file', () => {
  it('takes ONNX and PyTorch files up to a gigabyte, whatever the case of their ending', () => {
    expect(refusalOf({ name: 'best.ONNX', size: 1 })).toBeNull();
    expect(refusalOf({ name: 'best.pt', size: maximumModelBytes })).toBeNull();
    expect(refusalOf({ name: 'best.pt', size: maximumModelBytes + 1 })).toContain('at most 1 GB');
  });
});
