import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { blobs } from '@/lib/domain/blobs/tables';
import type { Context } from '@/lib/domain/context';
import { listModelFiles } from '@/lib/domain/models/list-model-files';
import { receiveModelFile } from '@/lib/domain/models/receive-model-file';
import { replaceModelFile } from '@/lib/domain/models/replace-model-file';
import { arriving, modelWorld, onnxBytes, uploadModel } from '@/lib/domain/models/test-support/model-material';
import { predict } from '@/lib/domain/predictions/predict';
import { getStorage } from '@/lib/domain/storage/get-storage';
import { familyFile } from '@/lib/engines/architecture/test-support/family-file';
import { zipOf } from '@/lib/engines/model-files/checkpoint/test-support/write-checkpoint';
import { tinyCheckpoint } from '@/lib/engines/model-files/test-support/stored-zip';
import { encodePng } from '@/lib/engines/vision/exports/png';

const world = modelWorld();
let detector: Uint8Array;
let classifier: Uint8Array;

beforeAll(async () => {
  detector = await familyFile('yolov8n');
  classifier = await familyFile('yolo11n-cls');
});

function upload(bytes: Uint8Array, by: Context = world.context) {
  return uploadModel(by, { projectId: world.projectId }, { bytes, fileName: 'best.pt' });
}

function greyImage(): Uint8Array {
  return encodePng({ kind: 'rgba8', width: 64, height: 64, data: new Uint8Array(64 * 64 * 4).fill(128) });
}

describe('a model uploaded as a checkpoint', () => {
  it('is ready at once, and says of itself what its ONNX would', async () => {
    const model = await upload(detector);
    expect(model).toMatchObject({
      status: 'ready',
      statusReason: null,
      task: 'detect',
      classCount: 3,
      file: { fileName: 'best.pt', format: 'pt', sizeBytes: detector.length },
      convertedFile: { fileName: 'best.onnx' },
      metadata: {
        format: 'pt',
        names: ['class 0', 'class 1', 'class 2'],
        inputSize: { width: 64, height: 64 },
        stride: 32,
      },
    });
  });

  it('predicts', async () => {
    const { id } = await upload(classifier);
    const media = { kind: 'image' as const, bytes: greyImage(), name: 'grey.png' };
    const answer = await predict(world.context, { model: { kind: 'id', id }, media, thresholds: {} });
    expect(answer.task).toBe('classify');
    const { predictions } = JSON.parse(answer.document);
    expect(predictions.length).toBeGreaterThan(0);
    expect(predictions[0].class).toMatch(/^class \d$/);
  });

  it('can be downloaded as it was, and as ONNX', async () => {
    const { id, file, convertedFile } = await upload(detector);
    const links = await listModelFiles(world.context, id);
    expect(links).toMatchObject([
      { kind: 'weights', format: 'pt', fileName: 'best.pt', sha256: file?.sha256 },
      { kind: 'converted', format: 'onnx', fileName: 'best.onnx', sha256: convertedFile?.sha256 },
    ]);
    const { storage } = world.test.services;
    const inspected = await world.test.services.inference.inspect(await storage.localFile(links[1].sha256));
    expect(inspected.facts.opset).toBe(17);
  });

  it('is converted once however often it is uploaded, and counts with both files', async () => {
    const before = await getStorage(world.context);
    const first = await upload(classifier);
    const again = await upload(classifier);
    expect(again.convertedFile).toEqual(first.convertedFile);
    const added = (await getStorage(world.context)).used - before.used;
    expect(added).toBe(2 * (classifier.length + present(first.convertedFile, 'the ONNX').sizeBytes));
    const { inference } = world.test.services;
    const refusing = {
      ...world.context,
      inference: { ...inference, convert: () => Promise.reject(new Error('again')) },
    };
    expect((await upload(classifier, refusing)).convertedFile).toEqual(first.convertedFile);
  });

  it('is converted anew when what was made before is gone from the storage', async () => {
    const { convertedFile } = await upload(detector);
    const { sha256 } = present(convertedFile, 'the ONNX');
    await world.test.services.storage.remove(sha256);
    expect(await upload(detector)).toMatchObject({ status: 'ready', convertedFile: { sha256 } });
    expect(await world.test.services.storage.has(sha256)).toBe(true);
  });

  it('leaves nothing of either file when it is replaced', async () => {
    const bytes = await familyFile('yolov8n-seg');
    const model = await upload(bytes);
    const old = present(model.convertedFile, 'the ONNX').sha256;
    const file = await receiveModelFile(world.context, arriving(onnxBytes('successor')), 'new.onnx');
    const replaced = await replaceModelFile(world.context, model.id, {}, file);
    expect(replaced).toMatchObject({ file: { format: 'onnx' }, convertedFile: null });
    expect(await world.context.db.select().from(blobs).where(eq(blobs.sha256, old))).toEqual([]);
    expect(await world.test.services.storage.has(old)).toBe(false);
  });

  it.each([
    ['whose pickle would run code', () => zipOf(Buffer.from('\x80\x02cposix\nsystem\nU\x04trueq\x00\x85R.', 'latin1'))],
    ['that holds no network', () => tinyCheckpoint()],
  ])('is kept with the reason when it is one %s', async (_, make) => {
    const model = await upload(make());
    expect(model).toMatchObject({ status: 'stored', task: null, convertedFile: null, file: { format: 'pt' } });
    expect(present(model.statusReason, 'a reason').length).toBeGreaterThan(20);
    expect(await listModelFiles(world.context, model.id)).toMatchObject([{ kind: 'weights' }]);
    const media = { kind: 'image' as const, bytes: greyImage(), name: 'grey.png' };
    const refused = predict(world.context, { model: { kind: 'id', id: model.id }, media, thresholds: {} });
    await expect(refused).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining(model.statusReason ?? 'no reason'),
    });
  });
});
