import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { getModelDownload } from '@/lib/domain/models/get-model-download';
import { listModelFiles } from '@/lib/domain/models/list-model-files';
import { openLinkedFile } from '@/lib/domain/models/open-linked-file';
import { receiveModelFile } from '@/lib/domain/models/receive-model-file';
import { replaceModelFile } from '@/lib/domain/models/replace-model-file';
import { fileLinkQuery, type Model } from '@/lib/domain/models/schema';
import { models } from '@/lib/domain/models/tables';
import { arriving, modelWorld, uploadModel } from '@/lib/domain/models/test-support/model-material';
import { withKey } from '@/lib/domain/test-support/test-context';
import { trashModel } from '@/lib/domain/trash/trash-model';
import { tinyCheckpoint } from '@/lib/engines/model-files/test-support/stored-zip';

const world = modelWorld();
const weights = { kind: 'weights' } as const;

async function linkOf(model: Model): Promise<URL> {
  const [file] = await listModelFiles(world.context, model.id);
  return new URL(file?.url ?? '');
}

/** Opens an address as the route does. */
function follow(address: URL) {
  const [, , , sha256 = '', fileName = ''] = address.pathname.split('/').map(decodeURIComponent);
  const query = fileLinkQuery.parse(Object.fromEntries(address.searchParams));
  return openLinkedFile(world.test.services, { sha256, fileName }, query);
}

function altered(address: URL, change: (copy: URL) => void): URL {
  const copy = new URL(address);
  change(copy);
  return copy;
}

const forbidden = { code: 'FORBIDDEN' };

describe('a signed link', () => {
  it('opens the file for an hour, for whoever has it', async () => {
    const bytes = tinyCheckpoint('linked');
    const model = await uploadModel(world.context, { projectId: world.projectId }, { bytes, fileName: 'a b & ü?.pt' });
    const at = new Date();
    world.test.setNow(at);
    const [link] = await listModelFiles(withKey(world.context, ['models:read']), model.id);
    expect(link).toMatchObject({
      fileName: 'a b & ü?.pt',
      kind: 'weights',
      sizeBytes: bytes.length,
      expiresAt: new Date(at.getTime() + 3_600_000).toISOString(),
    });
    const address = new URL(link?.url ?? '');
    expect(address.origin).toBe(world.test.services.origin);
    world.test.setNow(new Date(at.getTime() + 3_590_000));
    const { sizeBytes, read } = await follow(address);
    expect(sizeBytes).toBe(bytes.length);
    expect(await buffer(await read({}))).toEqual(Buffer.from(bytes));
    expect(await buffer(await read({ start: 2, end: 5 }))).toEqual(Buffer.from(bytes.subarray(2, 6)));
    world.test.setNow(new Date(at.getTime() + 3_600_000));
    await expect(follow(address)).rejects.toThrow('expired');
    world.test.setNow(null);
  });

  it('is worth nothing for another file, model, name or time', async () => {
    const [mine, second] = [
      await uploadModel(world.context, { projectId: world.projectId }, { bytes: tinyCheckpoint('mine') }),
      await uploadModel(world.context, { projectId: world.projectId }, { bytes: tinyCheckpoint('second') }),
    ];
    const address = await linkOf(mine);
    const { file } = second;
    const attempts = [
      altered(address, (copy) => copy.searchParams.set('model', second.id)),
      altered(address, (copy) => copy.searchParams.set('expires', '99999999999')),
      altered(address, (copy) => copy.searchParams.set('signature', `${'A'.repeat(43)}`)),
      altered(address, (copy) => copy.searchParams.set('signature', '')),
      altered(address, (copy) => {
        copy.pathname = copy.pathname.replace(/[0-9a-f]{64}/, file?.sha256 ?? '');
      }),
      altered(address, (copy) => {
        copy.pathname = `${copy.pathname}.exe`;
      }),
      altered(await linkOf(second), (copy) => {
        copy.pathname = address.pathname;
      }),
    ];
    for (const attempt of attempts) await expect(follow(attempt)).rejects.toMatchObject(forbidden);
    await expect(follow(address)).resolves.toBeDefined();
  });

  it('made with another server’s secret is refused', async () => {
    const model = await uploadModel(world.context, { projectId: world.projectId });
    const [link] = await listModelFiles(
      { ...world.context, secret: 'the secret of another server, 0123456789' },
      model.id,
    );
    await expect(follow(new URL(link?.url ?? ''))).rejects.toMatchObject(forbidden);
  });

  it('ends with the model, and with its file', async () => {
    const gone = await uploadModel(world.context, { projectId: world.projectId }, { bytes: tinyCheckpoint('gone') });
    const toTrash = await linkOf(gone);
    await trashModel(world.context, gone.id);
    await expect(follow(toTrash)).rejects.toMatchObject({ code: 'NOT_FOUND' });

    const bytes = tinyCheckpoint('kept by another');
    await uploadModel(world.context, { projectId: world.projectId }, { bytes });
    const model = await uploadModel(world.context, { projectId: world.projectId }, { bytes });
    const toOld = await linkOf(model);
    const file = await receiveModelFile(world.context, arriving(tinyCheckpoint('newer')), 'b.pt');
    await replaceModelFile(world.context, model.id, {}, file);
    await expect(follow(toOld)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is not made for another tenant, nor for keys without the scope', async () => {
    const model = await uploadModel(world.context, { projectId: world.projectId });
    await expect(listModelFiles(world.test.other, model.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(getModelDownload(world.test.other, model.id, weights)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(listModelFiles(withKey(world.context, ['projects']), model.id)).rejects.toMatchObject(forbidden);
    expect((await getModelDownload(world.context, model.id, weights)).sha256).toBe(model.file?.sha256);
  });

  it('does not exist for a model without a file', async () => {
    const at = new Date();
    await world.test.services.db.insert(models).values({
      id: 'model_empty',
      workspaceId: world.context.workspaceId,
      projectId: world.projectId,
      name: 'empty',
      slug: 'empty',
      visibility: 'private',
      status: 'untrained',
      origin: { kind: 'created', fileName: null, via: 'api' },
      createdAt: at,
      updatedAt: at,
    });
    expect(await listModelFiles(world.context, 'model_empty')).toEqual([]);
    await expect(getModelDownload(world.context, 'model_empty', weights)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
