import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blobs } from '@/lib/domain/blobs/tables';
import type { Context } from '@/lib/domain/context';
import { receiveModelFile } from '@/lib/domain/models/receive-model-file';
import { replaceModelFile } from '@/lib/domain/models/replace-model-file';
import { modelFiles, models } from '@/lib/domain/models/tables';
import { arriving, newProject, traces, uploadModel } from '@/lib/domain/models/test-support/model-material';
import { planLimits } from '@/lib/domain/plan-limits';
import { createTestContext, newTenant, type TestContext } from '@/lib/domain/test-support/test-context';
import { createUpload } from '@/lib/domain/uploads/create-upload';
import { tinyCheckpoint } from '@/lib/engines/model-files/test-support/stored-zip';

let test: TestContext;
beforeAll(async () => {
  test = await createTestContext();
});
afterAll(() => test.close());

let tenantNumber = 0;

type Tenant = { readonly context: Context; readonly projectId: string };

async function freeTenant(): Promise<Tenant> {
  const context = await newTenant(test.services, `tenant-${++tenantNumber}`, 'free');
  return { context, projectId: (await newProject(context)).id };
}

/** Fills the workspace with rows, the first of `count` with a file of `bytes`. */
async function fill({ context, projectId }: Tenant, { count, bytes = 0, inTrash = 0 }: Filling): Promise<void> {
  const { workspaceId } = context;
  const at = new Date();
  const rows = Array.from({ length: count }, (_, index) => ({
    id: `${workspaceId}_${index}`,
    workspaceId,
    projectId,
    name: 'filler',
    slug: `filler-${index}`,
    visibility: 'private' as const,
    status: 'stored' as const,
    origin: { kind: 'upload' as const, fileName: 'a.pt', via: 'api' as const },
    createdAt: at,
    updatedAt: at,
    deletedAt: index < inTrash ? at : null,
  }));
  await test.services.db.insert(models).values(rows);
  if (bytes === 0) return;
  const sha256 = `${tenantNumber}`.padStart(64, '0');
  await test.services.db.insert(blobs).values({ sha256, sizeBytes: bytes, createdAt: at });
  const file = { kind: 'weights', format: 'pt', fileName: 'a.pt', sha256, sizeBytes: bytes } as const;
  const owner = { id: `file_${workspaceId}`, modelId: `${workspaceId}_0`, workspaceId, createdAt: at };
  await test.services.db.insert(modelFiles).values({ ...owner, ...file });
}

type Filling = { readonly count: number; readonly bytes?: number; readonly inTrash?: number };

/** What a free plan stores. */
const freeBytes = 107_374_182_400;

const full = { code: 'QUOTA_EXCEEDED' };

describe('the room of a plan', () => {
  it('is the documented one, and none with limits off', () => {
    expect(planLimits('free', false)).toEqual({ models: 100, storageBytes: freeBytes });
    expect(planLimits('pro', false)).toEqual({ models: 500, storageBytes: 5 * freeBytes });
    expect(planLimits('enterprise', false)).toEqual({ models: null, storageBytes: null });
    expect(planLimits('free', true)).toEqual({ models: null, storageBytes: null });
  });

  it('holds one more model at 99, and says what is used at 100', async () => {
    const tenant = await freeTenant();
    await fill(tenant, { count: 99, inTrash: 3 });
    await uploadModel(tenant.context, { projectId: tenant.projectId });
    const before = await traces(tenant.context, test.folder);
    const refused = uploadModel(tenant.context, { projectId: tenant.projectId }, { bytes: tinyCheckpoint('101st') });
    await expect(refused).rejects.toMatchObject(full);
    await expect(refused).rejects.toThrow(/holds 100 models, and 100 are here \(3 of them in the trash\)/);
    const after = await traces(tenant.context, test.folder);
    expect({ blobs: after.blobs, holds: after.holds }).toEqual({ blobs: before.blobs, holds: before.holds });
  });

  it('lets exactly one of several uploads take the last place', async () => {
    const tenant = await freeTenant();
    await fill(tenant, { count: 99 });
    const uploads = Array.from({ length: 5 }, (_, index) =>
      uploadModel(tenant.context, { projectId: tenant.projectId }, { bytes: tinyCheckpoint(`last ${index}`) }),
    );
    const outcomes = await Promise.allSettled(uploads);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(4);
    for (const { reason } of refused) expect(reason).toMatchObject(full);
    expect((await traces(tenant.context, test.folder)).holds).toBe(0);
  });

  it('lets exactly one of several uploads take the last bytes', async () => {
    const tenant = await freeTenant();
    const bytes = (index: number) => tinyCheckpoint(`size ${index}`);
    await fill(tenant, { count: 1, bytes: freeBytes - Math.floor(bytes(0).length * 1.5) });
    const outcomes = await Promise.allSettled(
      [0, 1, 2].map((index) => uploadModel(tenant.context, { projectId: tenant.projectId }, { bytes: bytes(index) })),
    );
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('that is full refuses a file before it has arrived, and a resumable upload before it begins', async () => {
    const tenant = await freeTenant();
    await fill(tenant, { count: 1, bytes: freeBytes });
    let isRead = false;
    const stream = (async function* () {
      isRead = true;
      yield* arriving(tinyCheckpoint());
    })();
    await expect(receiveModelFile(tenant.context, stream, 'a.pt')).rejects.toMatchObject(full);
    expect(isRead).toBe(false);
    await expect(createUpload(tenant.context, { fileName: 'a.pt', sizeBytes: 5 })).rejects.toMatchObject(full);
  });

  it('counts a replaced file as gone: a full workspace may exchange a file for a smaller one', async () => {
    const tenant = await freeTenant();
    const model = await uploadModel(
      tenant.context,
      { projectId: tenant.projectId },
      { bytes: tinyCheckpoint('a long content that will be replaced by a shorter one') },
    );
    await fill(tenant, { count: 1, bytes: freeBytes - (model.file?.sizeBytes ?? 0) - 1 });
    const smaller = await receiveModelFile(tenant.context, arriving(tinyCheckpoint('short')), 'b.pt');
    const replaced = await replaceModelFile(tenant.context, model.id, {}, smaller);
    expect(replaced.file?.sizeBytes).toBe(tinyCheckpoint('short').length);
    const larger = await receiveModelFile(tenant.context, arriving(tinyCheckpoint('x'.repeat(200))), 'c.pt');
    await expect(replaceModelFile(tenant.context, model.id, {}, larger)).rejects.toMatchObject(full);
  });
});
