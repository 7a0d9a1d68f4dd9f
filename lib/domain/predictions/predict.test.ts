import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@/lib/core/ids';
import { blobs } from '@/lib/domain/blobs/tables';
import type { Context } from '@/lib/domain/context';
import { modelFiles, models } from '@/lib/domain/models/tables';
import { predict } from '@/lib/domain/predictions/predict';
import { receiveImage, receiveMedia } from '@/lib/domain/predictions/receive-media';
import { sourceBytes } from '@/lib/domain/predictions/source-bytes';
import { createProject } from '@/lib/domain/projects/create-project';
import { createTestContext, type TestContext, withKey } from '@/lib/domain/test-support/test-context';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { encodePng } from '@/lib/engines/vision/exports/png';

let test: TestContext;
let context: Context;

beforeAll(async () => {
  test = await createTestContext();
  context = test.context;
});
afterAll(() => test.close());

/** A model with these bytes, as an upload would leave it. */
async function storeModel(name: string, bytes: Uint8Array, status: 'ready' | 'stored' = 'ready') {
  const { db, storage, workspaceId } = context;
  const project = await createProject(context, { name: 'predictions', description: '', visibility: 'private' });
  const { sha256, sizeBytes } = await storage.put(inOnePiece(bytes), { maximumBytes: 2 ** 30 });
  const id = newId('model');
  const at = new Date();
  await db.insert(blobs).values({ sha256, sizeBytes, createdAt: at }).onConflictDoNothing();
  await db.insert(models).values({
    ...{ id, workspaceId, projectId: project.id, name, slug: name, visibility: 'private', status, task: 'detect' },
    ...{ origin: { kind: 'upload', fileName: `${name}.onnx`, via: 'api' }, createdAt: at, updatedAt: at },
  });
  await db.insert(modelFiles).values({
    ...{ id: newId('modelFile'), modelId: id, workspaceId, kind: 'weights', format: 'onnx', fileName: `${name}.onnx` },
    ...{ sha256, sizeBytes, createdAt: at },
  });
  return { id, projectSlug: project.slug };
}

async function* inOnePiece(bytes: Uint8Array) {
  yield bytes;
}

/** A red 16-pixel square at (16, 16) on grey, which the tiny model finds to the bit. */
function redSquare(): Uint8Array {
  const size = 64;
  const data = new Uint8Array(size * size * 4);
  for (let p = 0; p < size * size; p++) {
    const isRed = p % size >= 16 && p % size < 32 && p >= 16 * size && p < 32 * size;
    data.set(isRed ? [255, 0, 0, 255] : [128, 128, 128, 255], p * 4);
  }
  return encodePng({ kind: 'rgba8', width: size, height: size, data });
}

describe('predict', () => {
  it('answers in the platform’s words, and in any other dialect', async () => {
    const { id, projectSlug } = await storeModel('tiny', tinyModel());
    const media = { kind: 'image' as const, bytes: redSquare(), name: 'red.png' };
    const byId = await predict(context, { model: { kind: 'id', id }, media, thresholds: {} });
    expect(JSON.parse(byId.document)).toMatchObject({
      success: true,
      predictions: [{ class: 'red', classId: 0, confidence: 0.875, box: { x1: 16, y1: 16, x2: 32, y2: 32 } }],
      image: { width: 64, height: 64 },
    });
    const address = { kind: 'address' as const, owner: 'first', project: projectSlug, model: 'tiny' };
    const rows = await predict(context, { model: address, media, thresholds: {}, dialect: 'ultralytics' });
    expect(JSON.parse(rows.document)).toMatchObject([{ name: 'red', class: 0 }]);
  });

  it('filters by confidence and class', async () => {
    const { id } = await storeModel('filtered', tinyModel());
    const media = { kind: 'image' as const, bytes: redSquare(), name: 'red.png' };
    for (const thresholds of [{ conf: 0.9 }, { classes: [1, 2] }]) {
      const { document } = await predict(context, { model: { kind: 'id', id }, media, thresholds });
      expect(JSON.parse(document).predictions).toEqual([]);
    }
  });

  it('is for the workspace’s own models and for keys with the scope', async () => {
    const { id } = await storeModel('mine', tinyModel());
    const request = {
      model: { kind: 'id' as const, id },
      media: { kind: 'image' as const, bytes: redSquare(), name: 'red.png' },
      thresholds: {},
    };
    await expect(predict(test.other, request)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(predict(withKey(context, ['models']), request)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(predict(withKey(context, ['inference']), request)).resolves.toMatchObject({ task: 'detect' });
  });

  it('says why a model cannot predict', async () => {
    const { id } = await storeModel('kept', tinyModel(), 'stored');
    const media = { kind: 'image' as const, bytes: redSquare(), name: 'red.png' };
    await expect(predict(context, { model: { kind: 'id', id }, media, thresholds: {} })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('kept'),
    });
  });

  it('calls what is no image an invalid one', async () => {
    const { id } = await storeModel('strict', tinyModel());
    const media = { kind: 'image' as const, bytes: new TextEncoder().encode('hello'), name: 'a.jpg' };
    await expect(predict(context, { model: { kind: 'id', id }, media, thresholds: {} })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringMatching(/^Invalid image/),
    });
  });

  it('takes frames of a video only where the reply is a list of images', async () => {
    const { id } = await storeModel('still', tinyModel());
    const head = Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3, ...new Uint8Array(60));
    const media = await receiveMedia(context, inOnePiece(head), 'a.webm');
    expect(media.kind).toBe('video');
    await expect(predict(context, { model: { kind: 'id', id }, media, thresholds: {} })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('video'),
    });
  });
});

describe('receiveImage', () => {
  it('stops at 10 MB', async () => {
    let pieces = 0;
    async function* endless() {
      for (;;) {
        pieces++;
        yield new Uint8Array(2 ** 20);
      }
    }
    await expect(receiveImage(endless(), 'big.jpg')).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect(pieces).toBeLessThan(13);
  });
});

describe('sourceBytes', () => {
  it('reads base64 with and without the head of a data URL', async () => {
    const text = Buffer.from('pixels').toString('base64');
    for (const source of [text, `data:image/png;base64,${text}`, `\n${text}\n`]) {
      expect(Buffer.from((await sourceBytes(context, source, 'source')).bytes).toString()).toBe('pixels');
    }
  });

  it.each(['', 'file:///etc/passwd', 'not base64!', 'gopher://x'])('refuses “%s”, naming the field', async (source) => {
    await expect(sourceBytes(context, source, 'source')).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      issues: [{ path: 'source' }],
    });
  });

  it.each(['http://127.0.0.1:1/a.jpg', 'http://169.254.169.254/latest', 'http://[::1]/', 'http://2130706433/'])(
    'never fetches %s',
    async (source) => {
      await expect(sourceBytes(context, source, 'source')).rejects.toMatchObject({ code: 'url-refused' });
    },
  );
});
