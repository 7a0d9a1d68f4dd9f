import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { createModel } from '@/lib/domain/models/create-model';
import { replaceModelFile } from '@/lib/domain/models/replace-model-file';
import { createModelInput } from '@/lib/domain/models/schema';
import { arriving, modelWorld, newProject, onnxBytes, traces } from '@/lib/domain/models/test-support/model-material';
import { newTenant, withKey } from '@/lib/domain/test-support/test-context';
import { appendUpload } from '@/lib/domain/uploads/append-upload';
import { cancelUpload } from '@/lib/domain/uploads/cancel-upload';
import { createUpload } from '@/lib/domain/uploads/create-upload';
import { getUpload } from '@/lib/domain/uploads/get-upload';
import { createUploadInput, maximumUploadBytes } from '@/lib/domain/uploads/schema';
import { sweepUploads } from '@/lib/domain/uploads/sweep-uploads';
import { uploads } from '@/lib/domain/uploads/tables';
import { tinyCheckpoint } from '@/lib/engines/model-files/test-support/stored-zip';
import { createResumableFiles } from '@/lib/platform/storage/resumable-file';

const world = modelWorld();

function begin(bytes: Uint8Array, fileName = 'best.pt', by = world.context) {
  return createUpload(by, createUploadInput.parse({ fileName, sizeBytes: bytes.length }));
}

function send(id: string, offset: number, bytes: Uint8Array, by = world.context) {
  return appendUpload(by, id, { offset, bytes: arriving(bytes) });
}

async function finished(bytes: Uint8Array, fileName = 'best.pt'): Promise<string> {
  const { id } = await begin(bytes, fileName);
  await send(id, 0, bytes);
  return id;
}

function modelOf(uploadId: string, by = world.context) {
  return createModel(by, createModelInput.parse({ projectId: world.projectId, uploadId }), null);
}

/** Partial files on disk. */
async function partialFiles(): Promise<string[]> {
  return readdir(path.join(world.test.folder, 'uploads')).catch(() => []);
}

const missing = { code: 'NOT_FOUND' };

describe('a resumable upload', () => {
  it('goes on where the last piece ended, also in a new process, and becomes a model', async () => {
    const bytes = onnxBytes('in pieces');
    const { id, offset, sizeBytes } = await begin(bytes, 'runs/best.onnx');
    expect({ offset, sizeBytes }).toEqual({ offset: 0, sizeBytes: bytes.length });
    expect((await send(id, 0, bytes.subarray(0, 3000))).offset).toBe(3000);
    const restarted = { ...world.context, resumable: createResumableFiles(world.test.folder) };
    expect((await getUpload(restarted, id)).offset).toBe(3000);
    expect((await send(id, 3000, bytes.subarray(3000), restarted)).offset).toBe(bytes.length);
    const model = await modelOf(id, restarted);
    expect(model).toMatchObject({
      name: 'best',
      status: 'ready',
      file: { fileName: 'best.onnx', sizeBytes: bytes.length },
    });
    await expect(getUpload(world.context, id)).rejects.toMatchObject(missing);
    expect(await partialFiles()).not.toContain(id);
  });

  it('tells the right offset to a piece that begins elsewhere, and does not take it', async () => {
    const { id } = await begin(Buffer.alloc(100));
    await send(id, 0, Buffer.alloc(40));
    for (const wrong of [0, 39, 41, 100]) {
      await expect(send(id, wrong, Buffer.alloc(10))).rejects.toMatchObject({
        code: 'CONFLICT',
        issues: [{ path: 'Upload-Offset', expected: '40' }],
      });
    }
    expect((await getUpload(world.context, id)).offset).toBe(40);
    await cancelUpload(world.context, id);
  });

  it('keeps what arrived before a connection broke', async () => {
    const { id } = await begin(Buffer.alloc(100));
    const bytes = (async function* () {
      yield Buffer.alloc(30);
      throw new Error('connection lost');
    })();
    await expect(appendUpload(world.context, id, { offset: 0, bytes })).rejects.toThrow('connection lost');
    expect((await getUpload(world.context, id)).offset).toBe(30);
    await cancelUpload(world.context, id);
  });

  it('does not grow beyond what was announced', async () => {
    const { id } = await begin(Buffer.alloc(100));
    await expect(send(id, 0, Buffer.alloc(101))).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect((await getUpload(world.context, id)).offset).toBe(0);
    await cancelUpload(world.context, id);
  });

  it('takes each byte once when pieces race', async () => {
    const bytes = tinyCheckpoint('raced');
    const { id } = await begin(bytes);
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => send(id, 0, bytes)));
    expect(outcomes.some((outcome) => outcome.status === 'fulfilled')).toBe(true);
    expect((await getUpload(world.context, id)).offset).toBe(bytes.length);
    expect((await modelOf(id)).file?.sizeBytes).toBe(bytes.length);
  });

  it('is no model before it is whole', async () => {
    const bytes = tinyCheckpoint('unfinished');
    const { id } = await begin(bytes);
    await send(id, 0, bytes.subarray(0, 10));
    await expect(modelOf(id)).rejects.toThrow(`10 of ${bytes.length} bytes are here`);
    await send(id, 10, bytes.subarray(10));
    expect((await modelOf(id)).status).toBe('stored');
  });

  it('becomes one model, however many ask at once', async () => {
    const id = await finished(tinyCheckpoint('once'));
    const outcomes = await Promise.allSettled([modelOf(id), modelOf(id), modelOf(id)]);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(missing);
    expect((await traces(world.context, world.test.folder)).holds).toBe(0);
  });

  it('stays, to be looked at or sent again, when it is no model', async () => {
    const id = await finished(Buffer.from('no model at all'), 'best.onnx');
    await expect(modelOf(id)).rejects.toMatchObject({ name: 'Fault' });
    expect((await getUpload(world.context, id)).offset).toBe(15);
    await cancelUpload(world.context, id);
  });

  it('replaces the file of a model, too', async () => {
    const model = await modelOf(await finished(tinyCheckpoint('before')));
    const uploadId = await finished(tinyCheckpoint('after'), 'after.pt');
    const replaced = await replaceModelFile(world.context, model.id, { uploadId }, null);
    expect(replaced.file?.fileName).toBe('after.pt');
    await expect(getUpload(world.context, uploadId)).rejects.toMatchObject(missing);
  });

  it('leaves nothing once it is cancelled, also when a piece is still arriving', async () => {
    const { id } = await begin(Buffer.alloc(100));
    let arrived = (): void => undefined;
    const hasArrived = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const bytes = (async function* () {
      yield Buffer.alloc(10);
      arrived();
      await new Promise(() => undefined);
    })();
    const piece = appendUpload(world.context, id, { offset: 0, bytes });
    const ended = expect(piece).rejects.toMatchObject({ code: 'CONFLICT' });
    await hasArrived;
    await cancelUpload(world.context, id);
    await ended;
    expect(await partialFiles()).not.toContain(id);
    await expect(getUpload(world.context, id)).rejects.toMatchObject(missing);
    await expect(send(id, 0, Buffer.alloc(10))).rejects.toMatchObject(missing);
    await expect(cancelUpload(world.context, id)).rejects.toMatchObject(missing);
    expect(await partialFiles()).not.toContain(id);
  });

  it('leaves nothing when it is cancelled between the look and the write of a piece', async () => {
    const { id } = await begin(Buffer.alloc(100));
    const bytes = (async function* () {
      await world.test.services.db.delete(uploads).where(eq(uploads.id, id));
      yield Buffer.alloc(10);
    })();
    await expect(appendUpload(world.context, id, { offset: 0, bytes })).rejects.toMatchObject(missing);
    expect(await partialFiles()).not.toContain(id);
  });

  it('expires after a day, and is swept with what crashes left; others stay', async () => {
    const old = await finished(Buffer.alloc(10));
    world.test.setNow(new Date(Date.now() + 23 * 3_600_000));
    const young = (await begin(Buffer.alloc(10))).id;
    world.test.setNow(new Date(Date.now() + 24 * 3_600_000 + 1000));
    await expect(getUpload(world.context, old)).rejects.toMatchObject(missing);
    await expect(send(old, 10, Buffer.alloc(1))).rejects.toMatchObject(missing);
    await expect(modelOf(old)).rejects.toMatchObject(missing);
    expect(await sweepUploads(world.test.services)).toBe(1);
    expect((await getUpload(world.context, young)).id).toBe(young);
    expect(await partialFiles()).not.toContain(old);
    await cancelUpload(world.context, young);
    world.test.setNow(null);
  });

  it('is found by its own workspace only', async () => {
    const id = await finished(tinyCheckpoint('mine'));
    await expect(getUpload(world.test.other, id)).rejects.toMatchObject(missing);
    await expect(send(id, 0, Buffer.alloc(1), world.test.other)).rejects.toMatchObject(missing);
    await expect(cancelUpload(world.test.other, id)).rejects.toMatchObject(missing);
    const theirs = await newProject(world.test.other);
    const stolen = createModel(world.test.other, createModelInput.parse({ projectId: theirs.id, uploadId: id }), null);
    await expect(stolen).rejects.toMatchObject(missing);
    expect((await modelOf(id)).status).toBe('stored');
  });

  it('is refused over 1 GB, without the scope, and when twenty are open', async () => {
    const large = createUpload(world.context, { fileName: 'a.pt', sizeBytes: maximumUploadBytes + 1 });
    await expect(large).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    const reader = withKey(world.context, ['models:read']);
    await expect(begin(Buffer.alloc(1), 'a.pt', reader)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const busy = await newTenant(world.test.services, 'busy');
    const begun = Array.from({ length: 25 }, () => begin(Buffer.alloc(1), 'a.pt', busy));
    const outcomes = await Promise.allSettled(begun);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(20);
  });

  it('takes any file name, and keeps none that the database cannot', async () => {
    const { id, fileName } = await begin(Buffer.alloc(1), '../\0\ud800"\r\n.onnx');
    expect(fileName).toBe('../\ufffd"\r\n.onnx');
    expect((await getUpload(world.context, id)).fileName).toBe(fileName);
    await cancelUpload(world.context, id);
  });
});
