import { asc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import type { ActivityResource } from '@/lib/domain/activity/schema';
import { activityEvents, activityTotals } from '@/lib/domain/activity/tables';
import type { Context } from '@/lib/domain/context';
import { createTestContext, newTenant, type TestContext } from '@/lib/domain/test-support/test-context';
import { workspaces } from '@/lib/domain/workspaces/tables';

let world: TestContext;
let context: Context;
let people = 0;
beforeAll(async () => {
  world = await createTestContext();
});
beforeEach(async () => {
  context = await newTenant(world.services, `counted-${++people}`);
});
afterAll(() => world.close());

function happen(moment: string, type: ActivityResource = 'project'): Promise<void> {
  return context.db.transaction((transaction) =>
    recordActivity({ ...context, now: () => new Date(moment) }, transaction, {
      action: 'created',
      resource: { type, id: 'thing', name: 'thing' },
      message: 'Created thing',
    }),
  );
}

async function totals(): Promise<[string, string, number][]> {
  const rows = await context.db
    .select()
    .from(activityTotals)
    .where(eq(activityTotals.workspaceId, context.workspaceId))
    .orderBy(asc(activityTotals.day), asc(activityTotals.resourceType));
  return rows.map(({ day, resourceType, total }) => [day, resourceType, total]);
}

test('are kept by day (UTC) and kind, however many events happen at once', async () => {
  await Promise.all(Array.from({ length: 12 }, () => happen('2026-03-01T23:59:59.999Z')));
  await happen('2026-03-02T00:00:00Z');
  await happen('2026-03-02T01:00:00+02:00', 'model');
  expect(await totals()).toEqual([
    ['2026-03-01', 'model', 1],
    ['2026-03-01', 'project', 12],
    ['2026-03-02', 'project', 1],
  ]);
});

test('count nothing that was undone', async () => {
  await happen('2026-03-01T10:00:00Z');
  const undone = context.db.transaction(async (transaction) => {
    await transaction.execute(sql`
      insert into activity_events (id, workspace_id, action, resource_type, resource_id, resource_name, message, details, created_at)
      select ${context.workspaceId} || n, ${context.workspaceId}, 'created', 'project', 'p', 'p', 'Created p', '{}'::jsonb,
        '2026-03-01T11:00:00Z' from generate_series(1, 50) n`);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(await totals()).toEqual([['2026-03-01', 'project', 1]]);
});

test('follow events that are deleted, and go with their workspace', async () => {
  await happen('2026-03-01T10:00:00Z');
  await happen('2026-03-01T11:00:00Z');
  const [first] = await context.db
    .select({ id: activityEvents.id })
    .from(activityEvents)
    .where(eq(activityEvents.workspaceId, context.workspaceId))
    .limit(1);
  await context.db.delete(activityEvents).where(eq(activityEvents.id, first.id));
  expect(await totals()).toEqual([['2026-03-01', 'project', 1]]);
  await context.db.delete(workspaces).where(eq(workspaces.id, context.workspaceId));
  expect(await totals()).toEqual([]);
});
