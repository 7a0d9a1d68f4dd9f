import { describe, expect, it } from 'vitest';
import type { Context } from '@/lib/domain/context';
import { getModel } from '@/lib/domain/models/get-model';
import { receiveModelFile } from '@/lib/domain/models/receive-model-file';
import { replaceModelFile } from '@/lib/domain/models/replace-model-file';
import {
  arriving,
  modelActivity,
  modelWorld,
  onnxBytes,
  traces,
  uploadModel,
} from '@/lib/domain/models/test-support/model-material';
import { withKey } from '@/lib/domain/test-support/test-context';
import { trashModel } from '@/lib/domain/trash/trash-model';
import { tinyCheckpoint } from '@/lib/engines/model-files/test-support/stored-zip';

const world = modelWorld();

async function replace(by: Context, id: string, bytes: Uint8Array, fileName = 'new.pt') {
  const file = await receiveModelFile(by, arriving(bytes), fileName);
  try {
    return await replaceModelFile(by, id, {}, file);
  } finally {
    await file.staged.discard();
  }
}

describe('replacing the file of a model', () => {
  it('reads the new file, frees the old one, and keeps id, name and address', async () => {
    const before = await traces(world.context, world.test.folder);
    const old = await uploadModel(
      world.context,
      { projectId: world.projectId, name: 'Signs' },
      { bytes: tinyCheckpoint('old') },
    );
    const replaced = await replace(world.context, old.id, onnxBytes('new'), 'signs.onnx');
    expect(replaced).toMatchObject({
      id: old.id,
      slug: old.slug,
      status: 'ready',
      statusReason: null,
      task: 'detect',
      classCount: 3,
      file: { format: 'onnx', fileName: 'signs.onnx' },
      origin: old.origin,
    });
    expect(await world.test.services.storage.has(old.file?.sha256 ?? '')).toBe(false);
    expect(await world.test.services.storage.has(replaced.file?.sha256 ?? '')).toBe(true);
    expect(await traces(world.context, world.test.folder)).toEqual({
      files: before.files + 1,
      blobs: before.blobs + 1,
      holds: 0,
    });
    expect((await modelActivity(world.context)).map(({ message }) => message)).toContain(
      'Replaced the file of model Signs',
    );
  });

  it('by itself changes nothing, and keeps the bytes', async () => {
    const bytes = tinyCheckpoint('same');
    const model = await uploadModel(world.context, { projectId: world.projectId }, { bytes });
    const replaced = await replace(world.context, model.id, bytes);
    expect(replaced.file?.sha256).toBe(model.file?.sha256);
    expect(await world.test.services.storage.has(model.file?.sha256 ?? '')).toBe(true);
  });

  it('keeps the old file when the new one is no model', async () => {
    const model = await uploadModel(world.context, { projectId: world.projectId }, { bytes: tinyCheckpoint('keeps') });
    const before = await traces(world.context, world.test.folder);
    await expect(replace(world.context, model.id, Buffer.from('no model'))).rejects.toMatchObject({ name: 'Fault' });
    expect(await getModel(world.context, model.id)).toEqual(model);
    expect(await traces(world.context, world.test.folder)).toEqual(before);
  });

  it('at once by several ends with one of the files, and no bytes of the others', async () => {
    const model = await uploadModel(world.context, { projectId: world.projectId }, { bytes: tinyCheckpoint('raced') });
    const before = await traces(world.context, world.test.folder);
    const contents = Array.from({ length: 6 }, (_, index) => tinyCheckpoint(`racer ${index}`));
    const replaced = await Promise.all(contents.map((bytes) => replace(world.context, model.id, bytes)));
    expect(new Set(replaced.map((one) => one.id))).toEqual(new Set([model.id]));
    expect(await traces(world.context, world.test.folder)).toEqual(before);
    const final = await getModel(world.context, model.id);
    expect(await world.test.services.storage.has(final.file?.sha256 ?? '')).toBe(true);
  });

  it('does not take bytes away that another model has', async () => {
    const bytes = tinyCheckpoint('two models');
    const first = await uploadModel(world.context, { projectId: world.projectId }, { bytes });
    const second = await uploadModel(world.context, { projectId: world.projectId }, { bytes });
    await replace(world.context, first.id, tinyCheckpoint('one model'));
    expect(await world.test.services.storage.has(second.file?.sha256 ?? '')).toBe(true);
  });

  it('is refused for another tenant’s model, one in the trash, and to keys that only read', async () => {
    const model = await uploadModel(
      world.context,
      { projectId: world.projectId },
      { bytes: tinyCheckpoint('guarded') },
    );
    const bytes = tinyCheckpoint('intruder');
    const before = await traces(world.context, world.test.folder);
    await expect(replace(world.test.other, model.id, bytes)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const reader = withKey(world.context, ['models:read']);
    await expect(replace(reader, model.id, bytes)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await trashModel(world.context, model.id);
    await expect(replace(world.context, model.id, bytes)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await traces(world.context, world.test.folder)).toEqual(before);
  });
});
