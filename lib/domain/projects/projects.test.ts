import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityEvents } from '@/lib/domain/activity/tables';
import type { Context } from '@/lib/domain/context';
import { createProject } from '@/lib/domain/projects/create-project';
import { getProject } from '@/lib/domain/projects/get-project';
import { listProjects } from '@/lib/domain/projects/list-projects';
import {
  createProjectInput,
  listProjectsQuery,
  projectId,
  type UpdateProjectInput,
  updateProjectInput,
} from '@/lib/domain/projects/schema';
import { projects } from '@/lib/domain/projects/tables';
import { updateProject } from '@/lib/domain/projects/update-project';
import { createTestContext, newTenant, type TestContext, withKey } from '@/lib/domain/test-support/test-context';
import { trashProject } from '@/lib/domain/trash/trash-project';

let test: TestContext;
beforeAll(async () => {
  test = await createTestContext();
});
afterAll(() => test.close());

let tenantNumber = 0;
let seconds = 0;

/** A workspace nobody else has written to. */
function freshTenant(): Promise<Context> {
  return newTenant(test.services, `tenant-${++tenantNumber}`);
}

/** A second later than the last one, so that orders by time are certain. */
function tick(): void {
  test.setNow(new Date(Date.UTC(2030, 0, 1) + 1000 * ++seconds));
}

function make(context: Context, name: string, rest: Record<string, unknown> = {}) {
  tick();
  return createProject(context, createProjectInput.parse({ name, ...rest }));
}

async function namesOf(context: Context, query: Record<string, unknown> = {}): Promise<string[]> {
  const { items } = await listProjects(context, listProjectsQuery.parse(query));
  return items.map((item) => item.name);
}

function eventsOf({ services }: TestContext, { workspaceId }: Context) {
  return services.db
    .select()
    .from(activityEvents)
    .where(eq(activityEvents.workspaceId, workspaceId))
    .orderBy(activityEvents.createdAt);
}

describe('creating a project', () => {
  it('gives it a slug of its name and writes the activity row', async () => {
    const context = await freshTenant();
    const made = await make(context, 'Überwachung: Straße 7', { description: 'Tag\nund Nacht', visibility: 'public' });
    expect(made).toMatchObject({ slug: 'uberwachung-stra-e-7', visibility: 'public', modelCount: 0, sizeBytes: 0 });
    expect(await getProject(context, made.id)).toEqual(made);
    expect(await eventsOf(test, context)).toMatchObject([
      {
        action: 'created',
        resourceType: 'project',
        resourceId: made.id,
        message: 'Created project Überwachung: Straße 7',
      },
    ]);
  });

  it('numbers the slug of a taken name, also when the name has no letter of the alphabet', async () => {
    const context = await freshTenant();
    const slugs = [];
    for (const name of ['Traffic', 'traffic!', '交通', '鉄道']) slugs.push((await make(context, name)).slug);
    expect(slugs).toEqual(['traffic', 'traffic-2', 'project', 'project-2']);
  });

  it('gives twenty projects of one name, made at once, twenty slugs', async () => {
    const context = await freshTenant();
    const made = await Promise.all(Array.from({ length: 20 }, () => make(context, 'Race')));
    expect(new Set(made.map((one) => one.slug)).size).toBe(20);
    expect(await eventsOf(test, context)).toHaveLength(20);
  });

  it('frees the slug of a deleted project', async () => {
    const context = await freshTenant();
    await trashProject(context, (await make(context, 'Again')).id);
    expect((await make(context, 'Again')).slug).toBe('again');
  });

  it.each([
    ['an empty name', { name: '  ' }],
    ['a name of 101 characters', { name: 'x'.repeat(101) }],
    ['a name with a line break', { name: 'two\nlines' }],
    ['a name with NUL', { name: 'nul\0' }],
    ['a name with half a character', { name: 'half \ud83d' }],
    ['a description with NUL', { name: 'fine', description: 'a\0b' }],
    ['a description with half a character', { name: 'fine', description: '\udc00' }],
    ['an unknown visibility', { name: 'fine', visibility: 'secret' }],
  ])('refuses %s', (_, input) => {
    expect(createProjectInput.safeParse(input).success).toBe(false);
  });

  it('keeps markup and quotes in names as they are', async () => {
    const context = await freshTenant();
    const name = `<img src=x onerror=alert(1)> '; drop table projects; --`;
    expect((await make(context, name)).name).toBe(name);
    expect(await namesOf(context)).toEqual([name]);
  });

  it('writes nothing for a key that may only read', async () => {
    const context = await freshTenant();
    await expect(make(withKey(context, ['projects:read']), 'No')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await namesOf(withKey(context, ['projects:read']))).toEqual([]);
    expect(await eventsOf(test, context)).toEqual([]);
  });
});

describe('listing projects', () => {
  it('takes the wildcards of a search literally', async () => {
    const context = await freshTenant();
    for (const name of ['100% sure', '100 times', 'a_b', 'axb', 'back\\slash']) await make(context, name);
    expect(await namesOf(context, { search: '100%' })).toEqual(['100% sure']);
    expect(await namesOf(context, { search: '_' })).toEqual(['a_b']);
    expect(await namesOf(context, { search: '\\' })).toEqual(['back\\slash']);
    expect(await namesOf(context, { search: "' or 1=1 --" })).toEqual([]);
    expect(await namesOf(context, { search: 'SURE\0' })).toEqual(['100% sure']);
  });

  it('filters by visibility, sorts and pages', async () => {
    const context = await freshTenant();
    for (const name of ['b', 'A', 'c']) await make(context, name, { visibility: name === 'c' ? 'public' : 'private' });
    expect(await namesOf(context)).toEqual(['c', 'A', 'b']);
    expect(await namesOf(context, { sort: 'oldest' })).toEqual(['b', 'A', 'c']);
    expect(await namesOf(context, { sort: 'name' })).toEqual(['A', 'b', 'c']);
    expect(await namesOf(context, { visibility: 'public' })).toEqual(['c']);
    const { items, meta } = await listProjects(context, listProjectsQuery.parse({ page: '2', limit: '2' }));
    expect(items.map((item) => item.name)).toEqual(['b']);
    expect(meta).toEqual({ page: 2, limit: 2, total: 3 });
  });

  it('puts what changed last first when sorted by change', async () => {
    const context = await freshTenant();
    const first = await make(context, 'first');
    await make(context, 'second');
    tick();
    await updateProject(context, first.id, { description: 'new' });
    expect(await namesOf(context, { sort: 'updated' })).toEqual(['first', 'second']);
  });

  it('leaves out what lies in the trash, and other tenants’ projects', async () => {
    const [mine, theirs] = [await freshTenant(), await freshTenant()];
    const gone = await make(mine, 'gone');
    await make(mine, 'here');
    await make(theirs, 'theirs', { visibility: 'public' });
    await trashProject(mine, gone.id);
    expect(await namesOf(mine)).toEqual(['here']);
  });
});

describe('changing a project', () => {
  it('keeps the slug, and says in the activity what changed', async () => {
    const context = await freshTenant();
    const made = await make(context, 'Old name');
    const change = (changes: UpdateProjectInput) => {
      tick();
      return updateProject(context, made.id, changes);
    };
    expect(await change({ name: 'New name' })).toMatchObject({ name: 'New name', slug: 'old-name' });
    await change({ visibility: 'public' });
    await change({ visibility: 'private' });
    await change({ visibility: 'private', description: 'same' });
    const events = (await eventsOf(test, context)).slice(1);
    expect(events.map(({ action, message }) => [action, message])).toEqual([
      ['updated', 'Renamed project Old name to New name'],
      ['shared', 'Made project New name public'],
      ['unshared', 'Made project New name private'],
      ['updated', 'Updated project New name'],
    ]);
    expect(events[0]?.details).toEqual({ before: { name: 'Old name' }, after: { name: 'New name' } });
  });

  it('refuses a change of nothing', () => {
    expect(updateProjectInput.safeParse({}).success).toBe(false);
    expect(updateProjectInput.safeParse({ unknown: 1 }).success).toBe(false);
  });

  it('does not find another tenant’s project, and leaves it as it was', async () => {
    const [mine, theirs] = [await freshTenant(), await freshTenant()];
    const made = await make(theirs, 'Theirs', { visibility: 'public' });
    const notFound = { code: 'NOT_FOUND' };
    await expect(getProject(mine, made.id)).rejects.toMatchObject(notFound);
    await expect(updateProject(mine, made.id, { name: 'Mine' })).rejects.toMatchObject(notFound);
    await expect(trashProject(mine, made.id)).rejects.toMatchObject(notFound);
    expect(await getProject(theirs, made.id)).toEqual(made);
    expect(await eventsOf(test, mine)).toEqual([]);
  });

  it('does not find what lies in the trash', async () => {
    const context = await freshTenant();
    const { id } = await make(context, 'Gone');
    await trashProject(context, id);
    await expect(updateProject(context, id, { name: 'Back' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(trashProject(context, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const [row] = await test.services.db.select().from(projects).where(eq(projects.id, id));
    expect(row?.name).toBe('Gone');
  });

  it.each(['project_a\0b', '', 'a'.repeat(65), "project_' or true", '../x'])('takes %j for no id at all', (id) => {
    expect(projectId.safeParse(id).success).toBe(false);
  });
});
