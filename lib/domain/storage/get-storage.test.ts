import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/domain/context';
import { createProject } from '@/lib/domain/projects/create-project';
import { getStorage } from '@/lib/domain/storage/get-storage';
import { createTestContext, newTenant, type TestContext, withKey } from '@/lib/domain/test-support/test-context';
import { deleteForever } from '@/lib/domain/trash/delete-forever';
import { storedModel } from '@/lib/domain/trash/test-support/stored-model';
import { trashModel } from '@/lib/domain/trash/trash-model';
import { trashProject } from '@/lib/domain/trash/trash-project';

let test: TestContext;
let context: Context;
let projectId: string;
beforeAll(async () => {
  test = await createTestContext();
  context = await newTenant(test.services, 'keeper', 'free');
  ({ id: projectId } = await createProject(context, { name: 'Files', description: '', visibility: 'private' }));
});
afterAll(() => test.close());

describe('used storage', () => {
  it('counts files outside and in the trash until they are gone, each time they are kept', async () => {
    const models = [];
    for (const [name, bytes] of [
      ['large', 'x'.repeat(300)],
      ['small', 'x'.repeat(20)],
      ['twin', 'x'.repeat(20)],
    ]) {
      models.push(await storedModel(context, { projectId, name, bytes }));
    }
    await trashModel(context, models[0].id);
    const use = await getStorage(context);
    expect(use).toMatchObject({
      used: 340,
      limit: 107_374_182_400,
      percentage: 0,
      byKind: [
        { kind: 'models', sizeBytes: 40, fileCount: 2 },
        { kind: 'trash', sizeBytes: 300, fileCount: 1 },
      ],
    });
    expect(use.largest[0]).toEqual({
      id: models[0].id,
      type: 'model',
      name: 'large',
      sizeBytes: 300,
      projectId,
      projectName: 'Files',
      isInTrash: true,
    });
    await deleteForever(context, { itemId: models[0].id, type: 'model' });
    expect(await getStorage(context)).toMatchObject({ used: 40, byKind: [{ sizeBytes: 40 }, { sizeBytes: 0 }] });
    await trashProject(context, projectId);
    expect(await getStorage(context)).toMatchObject({ used: 40, byKind: [{ sizeBytes: 0 }, { sizeBytes: 40 }] });
  });

  it('has the limit of the plan, or none', async () => {
    expect(await getStorage({ ...context, plan: 'pro' })).toMatchObject({ limit: 5 * 107_374_182_400 });
    expect(await getStorage({ ...context, plan: 'enterprise' })).toMatchObject({ limit: null, percentage: null });
  });

  it('shows nothing of another workspace', async () => {
    expect(await getStorage(test.other)).toMatchObject({ used: 0, largest: [] });
  });

  it('asks keys for the scope', async () => {
    await expect(getStorage(withKey(context, ['models']))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
