import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createModel } from '@/lib/domain/models/create-model';
import { getModel } from '@/lib/domain/models/get-model';
import { receiveModelFile } from '@/lib/domain/models/receive-model-file';
import { createModelInput } from '@/lib/domain/models/schema';
import { models } from '@/lib/domain/models/tables';
import {
  arriving,
  modelActivity,
  modelWorld,
  newProject,
  onnxBytes,
  traces,
  uploadModel,
} from '@/lib/domain/models/test-support/model-material';
import { newTenant, withKey } from '@/lib/domain/test-support/test-context';
import { trashProject } from '@/lib/domain/trash/trash-project';
import { storedZip, tinyCheckpoint } from '@/lib/engines/model-files/test-support/stored-zip';
import { tinyBrokenModel } from '@/lib/engines/model-files/test-support/tiny-broken-models';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';

const world = modelWorld();

describe('uploading a model', () => {
  it('keeps the bytes, what the file says about itself, and where it came from', async () => {
    const bytes = onnxBytes('first');
    const model = await uploadModel(
      world.context,
      { projectId: world.projectId, name: 'Street signs' },
      { bytes, fileName: 'signs v2.onnx' },
    );
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(model).toMatchObject({
      projectId: world.projectId,
      projectName: 'Project',
      owner: 'first',
      slug: 'street-signs',
      status: 'ready',
      statusReason: null,
      task: 'detect',
      classCount: 3,
      file: { fileName: 'signs v2.onnx', format: 'onnx', sizeBytes: bytes.length, sha256 },
      origin: { kind: 'upload', fileName: 'signs v2.onnx', via: 'page' },
    });
    expect(model.metadata).toMatchObject({
      names: ['red', 'green', 'blue'],
      inputSize: { width: 64, height: 64, dynamic: false },
      stride: 32,
      precision: 'fp32',
      endToEnd: false,
    });
    expect(model.metadata?.flops).toBeGreaterThan(0);
    expect(model.metadata?.properties.task).toBe('detect');
    expect(await buffer(await world.test.services.storage.open(sha256))).toEqual(Buffer.from(bytes));
    expect(await getModel(world.context, model.id)).toEqual(model);
    expect((await modelActivity(world.context)).at(-1)).toEqual({
      action: 'uploaded',
      message: 'Uploaded model Street signs to project Project',
    });
  });

  it('names a model after its file, and numbers slugs that are taken, in a race as well', async () => {
    const { id } = await newProject(world.context, 'Names');
    const uploads = Array.from({ length: 6 }, () =>
      uploadModel(world.context, { projectId: id }, { fileName: 'best.pt' }),
    );
    const made = await Promise.all(uploads);
    expect(new Set(made.map((one) => one.slug)).size).toBe(6);
    expect(made.every((one) => one.name === 'best')).toBe(true);
  });

  it('keeps the file under the last part of its name, with the ending of what it is', async () => {
    const model = await uploadModel(
      world.context,
      { projectId: world.projectId },
      { fileName: '../../etc/wei\r\nghts.onnx' },
    );
    expect(model.file?.fileName).toBe('weights.pt');
    expect(model.origin.fileName).toBe('weights.pt');
    expect(model.name).toBe('weights');
  });

  it('stores a checkpoint and says why it does not run', async () => {
    const model = await uploadModel(
      world.context,
      { projectId: world.projectId },
      { bytes: tinyCheckpoint(), fileName: 'best.pt' },
    );
    expect(model).toMatchObject({ status: 'stored', task: null, classCount: null, file: { format: 'pt' } });
    expect(model.statusReason).toContain('a file of PyTorch without a model');
  });

  it('drops what the database cannot keep from a file’s own metadata', async () => {
    const strange = onnxWithProperty('descri\0ption', `A\0B ${'\u0007'} long: ${'x'.repeat(5000)}`);
    const model = await uploadModel(world.context, { projectId: world.projectId }, { bytes: strange });
    expect(model.metadata?.properties.description).toMatch(/^AB {2}long: x+$/);
    expect(model.metadata?.properties.description.length).toBeLessThanOrEqual(4000);
  });

  it.each([
    ['a text file', Buffer.from('not a model at all'), 'text file'],
    ['an empty file', Buffer.alloc(0), 'empty'],
    ['an image', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'PNG'],
    ['a model cut off', tinyBrokenModel('truncated'), 'It ends after'],
    ['a model whose weights are in another file', tinyBrokenModel('external-data'), 'weights'],
    ['a network that is no detector', tinyBrokenModel('wrong-output'), 'raw feature maps'],
    ['a zip of something else', storedZip([{ name: 'a/b.txt', bytes: Buffer.from('x') }]), 'data.pkl'],
    [
      'a zip bomb named best.pt',
      storedZip([
        { name: 'best/data.pkl', bytes: Buffer.from('\x80\x02.', 'latin1') },
        { name: 'best/data/0', bytes: Buffer.alloc(99), claims: { method: 8, sizeBytes: 0xf0000000 } },
      ]),
      'compressed',
    ],
  ])('refuses %s, and leaves nothing of it', async (_, bytes, words) => {
    const before = await traces(world.context, world.test.folder);
    const activity = await modelActivity(world.context);
    const refused = uploadModel(world.context, { projectId: world.projectId }, { bytes, fileName: 'best.pt' });
    await expect(refused).rejects.toMatchObject({ name: 'Fault' });
    await expect(refused).rejects.toThrow(words);
    expect(await traces(world.context, world.test.folder)).toEqual(before);
    expect(await modelActivity(world.context)).toEqual(activity);
  });

  it('refuses another tenant’s project, one in the trash and one that never was, and keeps nothing', async () => {
    const theirs = (await newProject(world.test.other)).id;
    const trashed = (await newProject(world.context, 'Trashed')).id;
    await trashProject(world.context, trashed);
    const before = await traces(world.context, world.test.folder);
    for (const id of [theirs, trashed, 'project_unknown']) {
      const file = await receiveModelFile(world.context, arriving(tinyCheckpoint('nowhere')), 'a.onnx');
      const refused = createModel(world.context, createModelInput.parse({ projectId: id }), file);
      await expect(refused).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await file.staged.discard();
    }
    expect(await traces(world.context, world.test.folder)).toEqual(before);
  });

  it('does not leave a model in a project that goes to the trash meanwhile', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await newProject(world.context, `Vanishing ${round}`);
      const [upload] = await Promise.allSettled([
        uploadModel(world.context, { projectId: id }, { bytes: tinyCheckpoint(`vanishing ${round}`) }),
        trashProject(world.context, id),
      ]);
      if (upload.status === 'fulfilled') {
        await expect(getModel(world.context, upload.value.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      } else {
        expect(upload.reason).toMatchObject({ code: 'NOT_FOUND' });
      }
    }
    const living = await world.test.services.db.select().from(models);
    expect(living.filter((row) => row.name.startsWith('Vanishing') && row.deletedAt === null)).toEqual([]);
  });

  it('stops a file at the limit, and one that breaks off, and keeps nothing', async () => {
    const before = await traces(world.context, world.test.folder);
    const large = receiveModelFile(world.context, arriving(Buffer.alloc(2001)), 'a.onnx', 2000);
    await expect(large).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    const broken = receiveModelFile(world.context, brokenOff(), 'a.onnx');
    await expect(broken).rejects.toThrow('connection lost');
    expect(await traces(world.context, world.test.folder)).toEqual(before);
  });

  it('asks for exactly one of file and uploadId', async () => {
    const input = createModelInput.parse({ projectId: world.projectId });
    await expect(createModel(world.context, input, null)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    const file = await receiveModelFile(world.context, arriving(tinyModel()), 'a.onnx');
    const both = createModel(world.context, { ...input, uploadId: 'upload_x' }, file);
    await expect(both).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    await file.staged.discard();
  });

  it('is refused to keys that may only read models', async () => {
    const reader = withKey(world.context, ['models:read', 'projects']);
    await expect(uploadModel(reader, { projectId: world.projectId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const writer = withKey(world.context, ['models']);
    expect((await uploadModel(writer, { projectId: world.projectId })).origin.via).toBe('api');
  });

  it('stores equal bytes once, for several models and tenants', async () => {
    const other = await newTenant(world.test.services, 'third');
    const bytes = tinyCheckpoint('shared');
    const mine = await uploadModel(world.context, { projectId: world.projectId }, { bytes });
    const before = await traces(world.context, world.test.folder);
    const theirs = await uploadModel(other, { projectId: (await newProject(other)).id }, { bytes });
    expect(theirs.file?.sha256).toBe(mine.file?.sha256);
    expect(await traces(world.context, world.test.folder)).toEqual(before);
  });
});

async function* brokenOff(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('half');
  throw new Error('connection lost');
}

/** A tiny model with one more pair of metadata_props, written by hand: strings of any content. */
function onnxWithProperty(key: string, value: string): Uint8Array {
  const pair = Buffer.concat([lengthPrefixed(0x0a, key.replaceAll('\0', '')), lengthPrefixed(0x12, value)]);
  return Buffer.concat([tinyModel(), lengthPrefixed(0x72, pair)]);
}

function lengthPrefixed(tag: number, content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const length: number[] = [];
  for (let rest = bytes.length; ; rest >>>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) break;
  }
  return Buffer.concat([Buffer.from([tag, ...length]), bytes]);
}
