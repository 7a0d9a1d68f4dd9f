import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HeldBlob, holdBlob, letGoBlob, linkBlob } from '@/lib/domain/blobs/hold-blob';
import { releaseUnreferencedBlobs } from '@/lib/domain/blobs/release-unreferenced-blobs';
import { sweepOrphanBytes } from '@/lib/domain/blobs/sweep-orphan-bytes';
import { blobHolds, blobs } from '@/lib/domain/blobs/tables';
import type { Services } from '@/lib/domain/context';
import { modelFiles, models } from '@/lib/domain/models/tables';
import { createProject } from '@/lib/domain/projects/create-project';
import { createTestContext, type TestContext } from '@/lib/domain/test-support/test-context';

let test: TestContext;
let services: Services;
let projectId: string;
beforeAll(async () => {
  test = await createTestContext();
  services = test.services;
  const project = await createProject(test.context, { name: 'Blobs', description: '', visibility: 'private' });
  projectId = project.id;
});
afterAll(() => test.close());

let number = 0;

async function hold(text: string): Promise<HeldBlob> {
  const staged = await services.storage.stage(
    (async function* () {
      yield Buffer.from(text);
    })(),
    { maximumBytes: 1000 },
  );
  return holdBlob(services, staged);
}

/** Points a model's file at the bytes, as uploading does; gives the id of the model. */
async function link(blob: HeldBlob): Promise<string> {
  const { workspaceId } = test.context;
  const own = ++number;
  const id = `model_${own}`;
  const at = new Date();
  await services.db.transaction(async (transaction) => {
    await linkBlob(transaction, blob);
    await transaction.insert(models).values({
      id,
      workspaceId,
      projectId,
      name: id,
      slug: `model-${own}`,
      visibility: 'private',
      status: 'stored',
      origin: { kind: 'upload', fileName: 'a.pt', via: 'api' },
      createdAt: at,
      updatedAt: at,
    });
    const { sha256, sizeBytes } = blob;
    const file = { modelId: id, workspaceId, kind: 'weights', format: 'pt', fileName: 'a.pt' } as const;
    await transaction.insert(modelFiles).values({ id: `file_${own}`, ...file, sha256, sizeBytes, createdAt: at });
  });
  return id;
}

async function unlink(modelId: string): Promise<void> {
  await services.db.delete(models).where(eq(models.id, modelId));
}

async function isKept(sha256: string): Promise<{ row: boolean; bytes: boolean }> {
  const rows = await services.db.select().from(blobs).where(eq(blobs.sha256, sha256));
  return { row: rows.length > 0, bytes: await services.storage.has(sha256) };
}

const kept = { row: true, bytes: true };
const gone = { row: false, bytes: false };

describe('bytes in storage', () => {
  it('stay as long as something points at them, and go with the last pointer', async () => {
    const [first, second] = [await link(await hold('shared')), await link(await hold('shared'))];
    const { sha256, sizeBytes } = await hold('shared').then(async (blob) => {
      await letGoBlob(services, blob);
      return blob;
    });
    await unlink(first);
    expect(await releaseUnreferencedBlobs(services, [sha256])).toBe(0);
    expect(await isKept(sha256)).toEqual(kept);
    await unlink(second);
    expect(await releaseUnreferencedBlobs(services, [sha256, sha256])).toBe(sizeBytes);
    expect(await isKept(sha256)).toEqual(gone);
  });

  it('stay while somebody is about to point at them, though nothing does', async () => {
    const old = await link(await hold('between'));
    const held = await hold('between');
    await unlink(old);
    expect(await releaseUnreferencedBlobs(services, [held.sha256])).toBe(0);
    await link(held);
    expect(await isKept(held.sha256)).toEqual(kept);
  });

  it('go when the upload that brought them is given up', async () => {
    const held = await hold('given up');
    await letGoBlob(services, held);
    expect(await isKept(held.sha256)).toEqual(gone);
  });

  it('are not linked by a hold that was given up', async () => {
    const held = await hold('too late');
    await letGoBlob(services, held);
    await expect(link(held)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('survive any mix of uploads and deletions of the same content', async () => {
    const linked = await Promise.all(Array.from({ length: 8 }, async () => link(await hold('contended'))));
    const { sha256 } = await hold('contended').then(async (blob) => ({ ...blob, model: await link(blob) }));
    await Promise.all([
      ...linked.map(async (modelId) => {
        await unlink(modelId);
        await releaseUnreferencedBlobs(services, [sha256]);
      }),
      ...Array.from({ length: 8 }, async () => {
        const modelId = await link(await hold('contended'));
        expect(await services.storage.has(sha256)).toBe(true);
        await unlink(modelId);
        await releaseUnreferencedBlobs(services, [sha256]);
      }),
    ]);
    expect(await isKept(sha256)).toEqual(kept);
  });

  it('are there for every link, when the last pointer goes at the same moment', async () => {
    for (let round = 0; round < 15; round++) {
      const text = `round ${round}`;
      const held = await hold(text);
      const old = await link(held);
      const [added] = await Promise.all([
        hold(text).then(async (blob) => ({ blob, modelId: await link(blob) })),
        unlink(old).then(() => releaseUnreferencedBlobs(services, [held.sha256])),
      ]);
      expect(await isKept(added.blob.sha256)).toEqual(kept);
      await unlink(added.modelId);
      await releaseUnreferencedBlobs(services, [added.blob.sha256]);
      expect(await isKept(added.blob.sha256)).toEqual(gone);
    }
  });

  it('that a crash left are swept once their hold has expired, and none that is needed', async () => {
    const abandoned = await hold('abandoned');
    const needed = await hold('needed');
    await link(needed);
    await sweepOrphanBytes(services);
    expect(await isKept(abandoned.sha256)).toEqual(kept);
    test.setNow(new Date(Date.now() + 7 * 60 * 60 * 1000));
    await sweepOrphanBytes(services);
    test.setNow(null);
    expect(await isKept(abandoned.sha256)).toEqual(gone);
    expect(await isKept(needed.sha256)).toEqual(kept);
    const holds = await services.db.select().from(blobHolds).where(eq(blobHolds.sha256, abandoned.sha256));
    expect(holds).toEqual([]);
  });

  it('are stored again when a crash kept the row and lost the bytes', async () => {
    const held = await hold('half freed');
    await services.storage.remove(held.sha256);
    await link(await hold('half freed'));
    expect(await isKept(held.sha256)).toEqual(kept);
  });
});
