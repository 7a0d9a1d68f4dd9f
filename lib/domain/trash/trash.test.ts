import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityEvents } from '@/lib/domain/activity/tables';
import type { Context } from '@/lib/domain/context';
import { models } from '@/lib/domain/models/tables';
import { createProject } from '@/lib/domain/projects/create-project';
import { getProject } from '@/lib/domain/projects/get-project';
import type { Project } from '@/lib/domain/projects/schema';
import { createTestContext, newTenant, type TestContext, withKey } from '@/lib/domain/test-support/test-context';
import { deleteForever } from '@/lib/domain/trash/delete-forever';
import { emptyTrash } from '@/lib/domain/trash/empty-trash';
import { listTrash } from '@/lib/domain/trash/list-trash';
import { restoreItem } from '@/lib/domain/trash/restore-item';
import { listTrashQuery, type TrashItem } from '@/lib/domain/trash/schema';
import { storedModel } from '@/lib/domain/trash/test-support/stored-model';
import { trashModel } from '@/lib/domain/trash/trash-model';
import { trashProject } from '@/lib/domain/trash/trash-project';

let test: TestContext;
let people = 0;
beforeAll(async () => {
  test = await createTestContext();
});
afterAll(() => test.close());

const newPerson = () => newTenant(test.services, `owner-${++people}`);

function newProject(context: Context, name: string): Promise<Project> {
  return createProject(context, { name, description: '', visibility: 'private' });
}

async function trash(context: Context, query: object = {}): Promise<readonly TrashItem[]> {
  const { items, meta } = await listTrash(context, listTrashQuery.parse(query));
  expect(meta.total).toBe(items.length);
  return items;
}

async function isAlive(context: Context, modelId: string): Promise<boolean> {
  const [row] = await context.db.select().from(models).where(eq(models.id, modelId));
  return row !== undefined && row.deletedAt === null;
}

async function messages(context: Context): Promise<string[]> {
  const rows = await context.db
    .select({ message: activityEvents.message })
    .from(activityEvents)
    .where(eq(activityEvents.workspaceId, context.workspaceId));
  return rows.map(({ message }) => message);
}

async function countEvents(context: Context): Promise<number> {
  return context.db.$count(activityEvents, eq(activityEvents.workspaceId, context.workspaceId));
}

describe('the list of the trash', () => {
  it('shows a project with what went along, its size and its days', async () => {
    const context = await newPerson();
    const project = await newProject(context, 'Traffic');
    await storedModel(context, { projectId: project.id, name: 'one', bytes: 'list one' });
    await storedModel(context, { projectId: project.id, name: 'two', bytes: 'list two!' });
    const { deletedAt } = await trashProject(context, project.id);
    expect(await trash(context)).toEqual([
      {
        id: project.id,
        type: 'project',
        name: 'Traffic',
        sizeBytes: 17,
        modelCount: 2,
        deletedAt,
        expiresAt: new Date(Date.parse(deletedAt) + 30 * 86_400_000).toISOString(),
        daysLeft: 30,
        parent: null,
      },
    ]);
  });

  it('counts the days down to none', async () => {
    const context = await newPerson();
    const { id } = await newProject(context, 'Old');
    const at = (days: number) => ({ ...context, now: () => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000) });
    await trashProject(at(0), id);
    const left = async (days: number) => (await trash(at(days)))[0].daysLeft;
    expect([await left(0), await left(0.5), await left(1), await left(29.5), await left(40)]).toEqual([
      30, 30, 29, 1, 0,
    ]);
  });

  it('shows a model by itself with its project, and whether that is in the trash too', async () => {
    const context = await newPerson();
    const project = await newProject(context, 'Parent');
    const model = await storedModel(context, { projectId: project.id, name: 'early', bytes: 'early' });
    await trashModel(context, model.id);
    const parent = { id: project.id, name: 'Parent' };
    expect(await trash(context)).toMatchObject([
      { type: 'model', sizeBytes: 5, parent: { ...parent, isInTrash: false } },
    ]);
    await trashProject(context, project.id);
    expect(await trash(context, { type: 'model' })).toMatchObject([{ parent: { ...parent, isInTrash: true } }]);
    expect(await trash(context, { type: 'project' })).toMatchObject([{ sizeBytes: 0, modelCount: 0 }]);
  });

  it('is searched by words as they are, and paged', async () => {
    const context = await newPerson();
    for (const name of ['50%', '50 cars', "O'Neil", 'under_score']) {
      await trashProject(context, (await newProject(context, name)).id);
    }
    const found = async (search: string) => (await trash(context, { search })).map(({ name }) => name);
    expect(await found('50%')).toEqual(['50%']);
    expect(await found("o'n")).toEqual(["O'Neil"]);
    expect(await found('r_s')).toEqual(['under_score']);
    expect(await found("%' or true --")).toEqual([]);
    const page = await listTrash(context, listTrashQuery.parse({ page: 2, limit: 3 }));
    expect(page.meta).toEqual({ page: 2, limit: 3, total: 4 });
    expect(page.items.map(({ name }) => name)).toEqual(['50%']);
  });

  it('asks keys for the scope', async () => {
    const context = withKey(await newPerson(), ['trash:read']);
    expect(await trash(context)).toEqual([]);
    await expect(emptyTrash(context)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(trash(withKey(context, ['models']))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('restoring', () => {
  it('brings a project back with the models that went along, and no others', async () => {
    const context = await newPerson();
    const project = await newProject(context, 'Back');
    const early = await storedModel(context, { projectId: project.id, name: 'early', bytes: 'back early' });
    const along = await storedModel(context, { projectId: project.id, name: 'along', bytes: 'back along' });
    await trashModel(context, early.id);
    await trashProject(context, project.id);
    const restored = await restoreItem(context, { itemId: project.id, type: 'project' });
    expect(restored).toEqual({ id: project.id, type: 'project', name: 'Back', slug: 'back', modelCount: 1 });
    expect([await isAlive(context, early.id), await isAlive(context, along.id)]).toEqual([false, true]);
    expect(await trash(context)).toMatchObject([{ id: early.id }]);
    expect(await messages(context)).toContain('Restored project Back from the trash');
  });

  it('refuses a model whose project is in the trash, and says what to do', async () => {
    const context = await newPerson();
    const project = await newProject(context, 'Gone');
    const [early, along] = [
      await storedModel(context, { projectId: project.id, name: 'early', bytes: 'gone early' }),
      await storedModel(context, { projectId: project.id, name: 'along', bytes: 'gone along' }),
    ];
    await trashModel(context, early.id);
    await trashProject(context, project.id);
    for (const { id } of [early, along]) {
      await expect(restoreItem(context, { itemId: id, type: 'model' })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('Restore the project first'),
      });
    }
    await restoreItem(context, { itemId: project.id, type: 'project' });
    await restoreItem(context, { itemId: early.id, type: 'model' });
    expect(await isAlive(context, early.id)).toBe(true);
  });

  it('gives another slug when the old one was taken meanwhile', async () => {
    const context = await newPerson();
    const first = await newProject(context, 'Same');
    const model = await storedModel(context, { projectId: first.id, name: 'net', bytes: 'net one' });
    await trashModel(context, model.id);
    await storedModel(context, { projectId: first.id, name: 'net', bytes: 'net two' });
    expect(await restoreItem(context, { itemId: model.id, type: 'model' })).toMatchObject({ slug: 'net-2' });
    await trashProject(context, first.id);
    await newProject(context, 'Same');
    expect(await restoreItem(context, { itemId: first.id, type: 'project' })).toMatchObject({ slug: 'same-2' });
    expect(await getProject(context, first.id)).toMatchObject({ slug: 'same-2', modelCount: 2 });
  });

  it('lets one of many at once win', async () => {
    const context = await newPerson();
    const project = await newProject(context, 'Raced');
    await trashProject(context, project.id);
    const before = await countEvents(context);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => restoreItem(context, { itemId: project.id, type: 'project' })),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(9);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'NOT_FOUND' });
    expect(await countEvents(context)).toBe(before + 1);
  });

  it('finds distinct slugs for things of one name restored and created at once', async () => {
    const context = await newPerson();
    const ids: string[] = [];
    for (let number = 0; number < 4; number++) {
      const { id } = await newProject(context, 'Crowd');
      await trashProject(context, id);
      ids.push(id);
    }
    const slugs = await Promise.all([
      ...ids.map((itemId) => restoreItem(context, { itemId, type: 'project' }).then(({ slug }) => slug)),
      ...ids.map(() => newProject(context, 'Crowd').then(({ slug }) => slug)),
    ]);
    expect(new Set(slugs).size).toBe(8);
  });

  it('finds nothing that lives, that is of another type or another workspace’s', async () => {
    const [context, other] = [await newPerson(), await newPerson()];
    const living = await newProject(context, 'Living');
    const dead = await newProject(context, 'Dead');
    await trashProject(context, dead.id);
    const attempts = [
      () => restoreItem(context, { itemId: living.id, type: 'project' }),
      () => restoreItem(context, { itemId: dead.id, type: 'model' }),
      () => restoreItem(other, { itemId: dead.id, type: 'project' }),
      () => deleteForever(context, { itemId: living.id, type: 'project' }),
      () => deleteForever(other, { itemId: dead.id, type: 'project' }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await trash(context)).toHaveLength(1);
    expect(await trash(other)).toEqual([]);
  });
});

describe('deleting for good', () => {
  it('frees the bytes of a model unless something else has them', async () => {
    const context = await newPerson();
    const { id: projectId } = await newProject(context, 'Bytes');
    const only = await storedModel(context, { projectId, name: 'only', bytes: 'only here' });
    const twin = await storedModel(context, { projectId, name: 'twin', bytes: 'twins' });
    await storedModel(context, { projectId, name: 'other twin', bytes: 'twins' });
    for (const { id } of [only, twin]) await trashModel(context, id);
    const deleted = await deleteForever(context, { itemId: only.id, type: 'model' });
    expect(deleted).toEqual({ projectCount: 0, modelCount: 1, sizeBytes: 9 });
    await deleteForever(context, { itemId: twin.id, type: 'model' });
    expect(await context.storage.has(only.sha256)).toBe(false);
    expect(await context.storage.has(twin.sha256)).toBe(true);
    expect(await messages(context)).toContain('Deleted model twin for good');
  });

  it('takes a project with all its models, also those deleted before it', async () => {
    const context = await newPerson();
    const { id } = await newProject(context, 'Whole');
    const early = await storedModel(context, { projectId: id, name: 'early', bytes: 'whole early' });
    const along = await storedModel(context, { projectId: id, name: 'along', bytes: 'whole along' });
    await trashModel(context, early.id);
    await trashProject(context, id);
    const deleted = await deleteForever(context, { itemId: id, type: 'project' });
    expect(deleted).toEqual({ projectCount: 1, modelCount: 2, sizeBytes: 22 });
    for (const { sha256 } of [early, along]) expect(await context.storage.has(sha256)).toBe(false);
    expect(await trash(context)).toEqual([]);
  });

  it('empties one workspace’s trash and nobody else’s', async () => {
    const [context, other] = [await newPerson(), await newPerson()];
    for (const owner of [context, other]) {
      const { id } = await newProject(owner, 'Full');
      await storedModel(owner, { projectId: id, name: 'in it', bytes: `in ${owner.workspaceId}` });
      await trashProject(owner, id);
      await trashProject(owner, (await newProject(owner, 'Empty')).id);
    }
    const living = await newProject(context, 'Living');
    expect(await emptyTrash(context)).toMatchObject({ projectCount: 2, modelCount: 1 });
    expect(await trash(context)).toEqual([]);
    expect(await getProject(context, living.id)).toMatchObject({ name: 'Living' });
    expect(await trash(other)).toHaveLength(2);
    expect(await messages(context)).toContain('Emptied the trash: 2 projects and 1 model deleted for good');
    const before = await countEvents(context);
    expect(await emptyTrash(context)).toEqual({ projectCount: 0, modelCount: 0, sizeBytes: 0 });
    expect(await countEvents(context)).toBe(before);
  });

  it('and restoring at once leave the thing either whole or gone', async () => {
    const context = await newPerson();
    for (let round = 0; round < 8; round++) {
      const { id } = await newProject(context, `Round ${round}`);
      const model = await storedModel(context, { projectId: id, name: 'net', bytes: `round ${round}` });
      await trashProject(context, id);
      const [restored] = await Promise.allSettled([
        restoreItem(context, { itemId: id, type: 'project' }),
        deleteForever(context, { itemId: id, type: 'project' }),
      ]);
      const isKept = restored.status === 'fulfilled';
      expect(await isAlive(context, model.id)).toBe(isKept);
      expect(await context.storage.has(model.sha256)).toBe(isKept);
    }
  });
});
