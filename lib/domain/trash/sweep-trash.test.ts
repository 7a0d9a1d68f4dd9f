import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityEvents } from '@/lib/domain/activity/tables';
import type { Context } from '@/lib/domain/context';
import { createProject } from '@/lib/domain/projects/create-project';
import { createTestContext, type TestContext } from '@/lib/domain/test-support/test-context';
import { listTrash } from '@/lib/domain/trash/list-trash';
import { listTrashQuery } from '@/lib/domain/trash/schema';
import { sweepTrash } from '@/lib/domain/trash/sweep-trash';
import { storedModel } from '@/lib/domain/trash/test-support/stored-model';
import { trashProject } from '@/lib/domain/trash/trash-project';

let test: TestContext;
beforeAll(async () => {
  test = await createTestContext();
});
afterAll(() => test.close());

const everything = listTrashQuery.parse({});

function newProject(context: Context, name: string) {
  return createProject(context, { name, description: '', visibility: 'private' });
}

describe('the sweep', () => {
  it('deletes what has been in the trash for 30 days, of everybody, as the system', async () => {
    const { context, other } = test;
    const start = Date.UTC(2025, 0, 1);
    const day = (days: number) => () => new Date(start + days * 86_400_000);
    const sha256s: string[] = [];
    for (const owner of [context, other]) {
      const { id } = await newProject(owner, 'Swept');
      sha256s.push(
        (await storedModel(owner, { projectId: id, name: 'net', bytes: `sweep ${owner.workspaceId}` })).sha256,
      );
      await trashProject({ ...owner, now: day(0) }, id);
    }
    const { id: fresh } = await newProject(context, 'Fresh');
    await trashProject({ ...context, now: day(1) }, fresh);
    expect(await sweepTrash({ ...test.services, now: day(29.999) })).toMatchObject({ projectCount: 0 });
    expect(await sweepTrash({ ...test.services, now: day(30) })).toMatchObject({ projectCount: 2, modelCount: 2 });
    for (const sha256 of sha256s) expect(await context.storage.has(sha256)).toBe(false);
    expect((await listTrash(other, everything)).items).toEqual([]);
    expect((await listTrash(context, everything)).items).toMatchObject([{ id: fresh }]);
    const events = await context.db
      .select()
      .from(activityEvents)
      .where(eq(activityEvents.workspaceId, other.workspaceId));
    expect(events.find(({ action }) => action === 'deleted')).toMatchObject({
      userId: null,
      resourceType: 'trash',
      message: 'Deleted 1 project and 1 model for good after 30 days in the trash',
    });
  });
});
