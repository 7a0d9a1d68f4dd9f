import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countUnseenActivity } from '@/lib/domain/activity/count-unseen-activity';
import { listActivity } from '@/lib/domain/activity/list-activity';
import { listActivityQuery } from '@/lib/domain/activity/schema';
import { explainQueries } from '@/lib/domain/test-support/explain-queries';
import { createTestContext, type TestContext } from '@/lib/domain/test-support/test-context';

let test: TestContext;
/** Nearly every event belongs to one workspace, as on most servers: there a scan of the whole table tempts most. */
beforeAll(async () => {
  test = await createTestContext();
  const { db } = test.services;
  const rows = [
    [test.context.workspaceId, 15_000],
    [test.other.workspaceId, 100],
  ] as const;
  await db.transaction(async (transaction) => {
    // Only what is surely committed can be marked as visible to everybody, which is what an index-only scan needs.
    await transaction.execute(sql`set local synchronous_commit to on`);
    for (const [workspaceId, count] of rows) {
      await transaction.execute(sql`
        insert into activity_events (id, workspace_id, action, resource_type, resource_id, resource_name, message, details, created_at)
        select ${workspaceId} || '_' || n, ${workspaceId}, 'created', 'project', 'project_' || n, 'name', 'Created project name ' || n,
          '{}'::jsonb, now() - n * interval '1 minute'
        from generate_series(1, ${count}::integer) n`);
    }
  });
  await db.execute(sql`vacuum analyze activity_events`);
}, 120_000);
afterAll(() => test.close());

function listPlans(query: object): Promise<string[]> {
  const work = (context: TestContext['context']) => listActivity(context, listActivityQuery.parse(query));
  return explainQueries(test.databaseUrl, test.context, work);
}

describe('events are counted by the totals of their days', () => {
  it.each([
    ['all of them', {}],
    ['those of a week', { startDate: new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10) }],
    ['those of a kind', { resourceType: 'project' }],
  ])('%s', async (_, query) => {
    const counts = (await listPlans(query)).filter(
      (plan) => plan.includes('Aggregate') && !plan.includes('on activity_marks'),
    );
    expect(counts).toHaveLength(1);
    expect(counts[0]).toMatch(/ on activity_totals/);
    expect(counts[0]).not.toMatch(/activity_events/);
  });
});

describe('unseen events', () => {
  it('are counted in the index, and no further than is shown', async () => {
    const plans = await explainQueries(test.databaseUrl, test.context, (context) => countUnseenActivity(context));
    expect(plans.at(-1)).toMatch(/Limit[\s\S]*Index Only Scan using activity_newest/);
    expect(plans.at(-1)).not.toMatch(/Seq Scan on activity_events|Sort/);
  });
});
