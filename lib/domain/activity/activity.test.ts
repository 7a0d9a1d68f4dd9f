import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@/lib/core/ids';
import { archiveActivity } from '@/lib/domain/activity/archive-activity';
import { countUnseenActivity } from '@/lib/domain/activity/count-unseen-activity';
import { exportActivity } from '@/lib/domain/activity/export-activity';
import { listActivity } from '@/lib/domain/activity/list-activity';
import { markActivitySeen } from '@/lib/domain/activity/mark-activity-seen';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { type ActivityResource, exportActivityQuery, listActivityQuery } from '@/lib/domain/activity/schema';
import { activityEvents, activityMarks } from '@/lib/domain/activity/tables';
import { unarchiveActivity } from '@/lib/domain/activity/unarchive-activity';
import type { Context } from '@/lib/domain/context';
import { createTestContext, newTenant, type TestContext, withKey } from '@/lib/domain/test-support/test-context';

let test: TestContext;
let people = 0;
beforeAll(async () => {
  test = await createTestContext();
});
afterAll(() => test.close());

/** A fresh workspace with events at these moments, named by their number. */
async function workspaceWith(moments: readonly string[], type: ActivityResource = 'project'): Promise<Context> {
  const context = await newTenant(test.services, `person-${++people}`);
  for (const [number, moment] of moments.entries()) await happen(context, `number ${number}`, moment, type);
  return context;
}

async function happen(context: Context, name: string, moment: string, type: ActivityResource = 'project') {
  await context.db.transaction((transaction) =>
    recordActivity({ ...context, now: () => new Date(moment) }, transaction, {
      action: 'created',
      resource: { type, id: newId('project'), name },
      message: `Created ${type} ${name}`,
    }),
  );
}

async function names(context: Context, query: object = {}): Promise<string[]> {
  const { items, meta } = await listActivity(context, listActivityQuery.parse({ limit: 100, ...query }));
  expect(meta.total).toBe(items.length);
  return items.map(({ resourceName }) => resourceName.replace('number ', ''));
}

async function idOf(context: Context, number: number, box: 'inbox' | 'archive' = 'inbox'): Promise<string> {
  const { items } = await listActivity(context, listActivityQuery.parse({ limit: 100, box }));
  const found = items.find(({ resourceName }) => resourceName === `number ${number}`);
  if (found === undefined) throw new Error(`no event ${number} in the ${box}`);
  return found.id;
}

async function exported(context: Context, query: object): Promise<string> {
  let text = '';
  for await (const piece of await exportActivity(context, exportActivityQuery.parse(query))) text += piece;
  return text;
}

const days = ['2026-01-01T10:00:00Z', '2026-01-02T10:00:00Z', '2026-01-03T10:00:00Z', '2026-01-04T10:00:00Z'];

describe('the list of events', () => {
  it('is newest first, in pages, with the whole count', async () => {
    const context = await workspaceWith(days);
    const page = await listActivity(context, listActivityQuery.parse({ page: 2, limit: 3 }));
    expect(page.items.map(({ resourceName }) => resourceName)).toEqual(['number 0']);
    expect(page.meta).toEqual({ page: 2, limit: 3, total: 4 });
    expect(page.items[0]).toMatchObject({ action: 'created', seen: false, archived: false });
    expect(page.items[0].user?.email).toBe(`person-${people}@example.com`);
  });

  it.each([
    [{ startDate: '2026-01-03' }, ['3', '2']],
    [{ endDate: '2026-01-02' }, ['1', '0']],
    [{ startDate: '2026-01-02', endDate: '2026-01-02' }, ['1']],
    [{ startDate: '2026-01-02T10:00:00Z', endDate: '2026-01-03T10:00:00Z' }, ['2', '1']],
    [{ startDate: '2026-01-02T10:00:00.001Z' }, ['3', '2']],
    [{ startDate: '2026-01-02T12:00:00+02:00', endDate: '2026-01-02T12:00:00+02:00' }, ['1']],
    [{ startDate: '2026-01-02T11:00:00Z', endDate: '2026-01-04T09:00:00Z' }, ['2']],
    [{ startDate: '2026-01-04', endDate: '2026-01-01' }, []],
    [{ startDate: '0000-01-01', endDate: '9999-12-31' }, ['3', '2', '1', '0']],
    [{ startDate: '9999-12-31T23:59:59-12:00', endDate: '9999-12-31T23:59:59-12:00' }, []],
  ])('keeps to the dates %j', async (query, expected) => {
    expect(await names(await workspaceWith(days), query)).toEqual(expected);
  });

  it('refuses dates that are none', () => {
    for (const startDate of ['yesterday', '2026-02-30', "2026-01-01'; drop table users", '']) {
      expect(listActivityQuery.safeParse({ startDate }).success, startDate).toBe(false);
    }
  });

  it('filters by resource type', async () => {
    const context = await workspaceWith(days);
    await happen(context, 'a model', '2026-01-02T11:00:00Z', 'model');
    expect(await names(context, { resourceType: 'model' })).toEqual(['a model']);
    expect(await names(context, { resourceType: 'model', startDate: '2026-01-03' })).toEqual([]);
  });

  it('searches words as they are, wildcards and quotes included', async () => {
    const context = await workspaceWith([]);
    for (const name of ['100%', '100 units', 'a_b', 'axb', "O'Brien", 'back\\slash'])
      await happen(context, name, days[0]);
    expect(await names(context, { search: '100%' })).toEqual(['100%']);
    expect(await names(context, { search: 'a_b' })).toEqual(['a_b']);
    expect(await names(context, { search: "o'brien" })).toEqual(["O'Brien"]);
    expect(await names(context, { search: 'k\\s' })).toEqual(['back\\slash']);
    expect(await names(context, { search: "'; drop table activity_events; --" })).toEqual([]);
  });

  it('shows nothing of another workspace', async () => {
    await workspaceWith(days);
    expect(await names(await workspaceWith([]))).toEqual([]);
  });

  it('asks keys for the scope', async () => {
    const context = await workspaceWith(days);
    await expect(names(withKey(context, ['projects']))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await names(withKey(context, ['activity:read']))).toHaveLength(4);
    const selection = { all: true } as const;
    await expect(archiveActivity(withKey(context, ['activity:read']), selection)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('unseen events', () => {
  it('are counted until they are seen, one by one or all at once', async () => {
    const context = await workspaceWith(days);
    expect(await countUnseenActivity(context)).toEqual({ count: 4 });
    const id = await idOf(context, 1);
    expect(await markActivitySeen(context, { eventIds: [id, id] })).toEqual({ count: 3 });
    const { items } = await listActivity(context, listActivityQuery.parse({}));
    expect(items.filter(({ seen }) => seen).map((event) => event.id)).toEqual([id]);
    expect(await markActivitySeen(context, { all: true })).toEqual({ count: 0 });
    await happen(context, 'later', '2026-01-05T10:00:00Z');
    expect(await countUnseenActivity(context)).toEqual({ count: 1 });
  });

  it('are each person’s own', async () => {
    const context = await workspaceWith(days);
    const colleague = await newTenant(test.services, `person-${++people}`);
    const together = { ...colleague, workspaceId: context.workspaceId };
    await archiveActivity(context, { eventIds: [await idOf(context, 0)] });
    await markActivitySeen(context, { eventIds: [await idOf(context, 1)] });
    expect(await countUnseenActivity(together)).toEqual({ count: 4 });
    expect(await names(together)).toHaveLength(4);
  });

  it('cannot be marked in another workspace, not even beside own ones', async () => {
    const [mine, theirs] = [await workspaceWith(days), await workspaceWith(days)];
    const eventIds = [await idOf(mine, 0), await idOf(theirs, 0)];
    for (const change of [markActivitySeen, archiveActivity, unarchiveActivity]) {
      await expect(change(mine, { eventIds })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await countUnseenActivity(mine)).toEqual({ count: 4 });
    expect(await countUnseenActivity(theirs)).toEqual({ count: 4 });
  });

  it('are no activity of their own', async () => {
    const context = await workspaceWith(days);
    await markActivitySeen(context, { all: true });
    await archiveActivity(context, { all: true });
    expect(await names(context, { box: 'archive' })).toHaveLength(4);
  });
});

describe('the archive', () => {
  it('takes single events and gives them back, seen', async () => {
    const context = await workspaceWith(days);
    const id = await idOf(context, 2);
    expect(await archiveActivity(context, { eventIds: [id] })).toEqual({ count: 3 });
    expect(await names(context)).toEqual(['3', '1', '0']);
    expect(await names(context, { box: 'archive' })).toEqual(['2']);
    expect(await unarchiveActivity(context, { eventIds: [id] })).toEqual({ count: 3 });
    expect(await names(context)).toEqual(['3', '2', '1', '0']);
    expect(await names(context, { box: 'archive' })).toEqual([]);
  });

  it('takes everything, lets single events back and later ones in', async () => {
    const context = await workspaceWith(days);
    expect(await archiveActivity(context, { all: true })).toEqual({ count: 0 });
    expect(await names(context)).toEqual([]);
    await happen(context, 'number 4', '2026-01-05T10:00:00Z');
    await happen(context, 'number 5', '2026-01-06T10:00:00Z');
    await unarchiveActivity(context, {
      eventIds: [await idOf(context, 0, 'archive'), await idOf(context, 2, 'archive')],
    });
    await archiveActivity(context, { eventIds: [await idOf(context, 4)] });
    expect(await names(context)).toEqual(['5', '2', '0']);
    expect(await names(context, { box: 'archive' })).toEqual(['4', '3', '1']);
    expect(await names(context, { startDate: '2026-01-02', endDate: '2026-01-05' })).toEqual(['2']);
    expect(await countUnseenActivity(context)).toEqual({ count: 1 });
    const pages = [1, 2, 3].map((page) => listActivity(context, listActivityQuery.parse({ page, limit: 1 })));
    expect((await Promise.all(pages)).map(({ items }) => items[0].resourceName)).toEqual([
      'number 5',
      'number 2',
      'number 0',
    ]);
  });

  it('takes everything again, and is emptied at once', async () => {
    const context = await workspaceWith(days);
    await archiveActivity(context, { all: true });
    await unarchiveActivity(context, { eventIds: [await idOf(context, 1, 'archive')] });
    await archiveActivity(context, { all: true });
    expect(await names(context)).toEqual([]);
    await unarchiveActivity(context, { all: true });
    expect(await names(context)).toEqual(['3', '2', '1', '0']);
    expect(await names(context, { box: 'archive' })).toEqual([]);
  });

  it('bears the same events being moved by many requests at once', async () => {
    const context = await workspaceWith(days);
    const eventIds = [await idOf(context, 0), await idOf(context, 1), await idOf(context, 2)];
    await Promise.all(
      Array.from({ length: 12 }, (_, round) =>
        archiveActivity(context, { eventIds: round % 2 === 0 ? eventIds : [...eventIds].reverse() }),
      ),
    );
    expect(await names(context, { box: 'archive' })).toEqual(['2', '1', '0']);
    const marks = await context.db.select().from(activityMarks);
    const own = marks.filter(({ eventId }) => eventIds.includes(eventId));
    expect(own).toHaveLength(3);
  });
});

describe('the export', () => {
  it('writes the whole filtered set as CSV that no spreadsheet runs', async () => {
    const context = await workspaceWith(days.slice(0, 1));
    await happen(context, '=HYPERLINK("http://evil")', '2026-01-02T10:00:00Z');
    const lines = (await exported(context, { format: 'csv' })).split('\r\n');
    expect(lines[0]).toBe('time,event,resource_type,resource,resource_id,message,user,seen,event_id');
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(lines[2]).toContain('2026-01-01T10:00:00.000Z,created,project,number 0,');
    expect(lines).toHaveLength(4);
    expect((await exported(context, { format: 'csv', search: 'number' })).split('\r\n')).toHaveLength(3);
  });

  it('writes JSON of the objects that the list gives', async () => {
    const context = await workspaceWith(days);
    const { items } = await listActivity(context, listActivityQuery.parse({}));
    expect(JSON.parse(await exported(context, { format: 'json' }))).toEqual(items);
    expect(JSON.parse(await exported(context, { format: 'json', box: 'archive' }))).toEqual([]);
  });

  it('gives every event once, however many there are at one moment', async () => {
    const context = await workspaceWith([]);
    const { workspaceId } = context;
    const row = { workspaceId, action: 'created', resourceType: 'model', resourceName: '', details: {} } as const;
    const rows = Array.from({ length: 2500 }, (_, number) => ({
      ...row,
      id: newId('event'),
      resourceId: `model_${number}`,
      message: `Created model ${number}`,
      createdAt: new Date(Date.parse(days[0]) + Math.floor(number / 1000)),
    }));
    await context.db.insert(activityEvents).values(rows);
    await archiveActivity(context, { eventIds: [rows[7].id] });
    const ids: string[] = JSON.parse(await exported(context, { format: 'json' })).map(
      (event: { id: string }) => event.id,
    );
    expect(new Set(ids).size).toBe(2499);
    expect(ids).toHaveLength(2499);
    expect(await countUnseenActivity(context)).toEqual({ count: 1000 });
  });
});
