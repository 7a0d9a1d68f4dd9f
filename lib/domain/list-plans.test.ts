import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listActivity } from '@/lib/domain/activity/list-activity';
import { listActivityQuery } from '@/lib/domain/activity/schema';
import type { Context } from '@/lib/domain/context';
import { listModels } from '@/lib/domain/models/list-models';
import { listModelsQuery } from '@/lib/domain/models/schema';
import { listProjects } from '@/lib/domain/projects/list-projects';
import { listProjectsQuery } from '@/lib/domain/projects/schema';
import { explainQueries } from '@/lib/domain/test-support/explain-queries';
import { createTestContext, type TestContext } from '@/lib/domain/test-support/test-context';

let test: TestContext;

/** Rows of one workspace among those of others: enough that reading them all costs more than any index. */
const projectRows = 5_000;
const eventRows = 10_000;

beforeAll(async () => {
  test = await createTestContext();
  const { db } = test.services;
  for (const { workspaceId } of [test.context, test.other]) {
    await db.execute(sql`
      insert into projects (id, workspace_id, name, slug, description, visibility, created_at, updated_at)
      select ${workspaceId} || '_project_' || n, ${workspaceId}, 'Project ' || n, 'project-' || n, '', 'private',
        now() - n * interval '1 second', now()
      from generate_series(1, ${projectRows}::integer) n`);
    await db.execute(sql`
      insert into models (id, workspace_id, project_id, name, slug, description, visibility, status, origin, created_at, updated_at)
      select ${workspaceId} || '_model_' || n, ${workspaceId}, ${workspaceId} || '_project_' || n, 'Model ' || n, 'model-' || n,
        '', 'private', 'untrained', '{}'::jsonb, now() - n * interval '1 second', now()
      from generate_series(1, ${projectRows}::integer) n`);
    await db.execute(sql`
      insert into activity_events (id, workspace_id, action, resource_type, resource_id, resource_name, message, details, created_at)
      select ${workspaceId} || '_event_' || n, ${workspaceId}, 'created', 'project', 'p', 'p', 'Created project ' || n, '{}'::jsonb,
        now() - n * interval '1 second'
      from generate_series(1, ${eventRows}::integer) n`);
  }
  await db.execute(sql`analyze`);
}, 120_000);
afterAll(() => test.close());

/** Plans of the queries that fetch a page, without those that only count. */
async function pagePlans(work: (context: Context) => Promise<unknown>): Promise<string[]> {
  const plans = await explainQueries(test.databaseUrl, test.context, work);
  return plans.filter((plan) => plan.startsWith('Limit') || plan.includes('Limit  ('));
}

describe('a page of a long list', () => {
  it('of projects is read through its index', async () => {
    const plans = await pagePlans((context) => listProjects(context, listProjectsQuery.parse({})));
    expect(plans).not.toEqual([]);
    for (const plan of plans) expect(plan).toMatch(/Index (Only )?Scan using projects_newest/);
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on (projects|models) /);
  });

  it('of models is read through its index', async () => {
    const plans = await pagePlans((context) => listModels(context, listModelsQuery.parse({})));
    expect(plans).not.toEqual([]);
    for (const plan of plans) expect(plan).toMatch(/Index (Only )?Scan using models_newest/);
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on models/);
  });

  it('of activity is read through an index, however deep it is', async () => {
    const plans = await pagePlans((context) => listActivity(context, listActivityQuery.parse({})));
    expect(plans).not.toEqual([]);
    for (const plan of plans) expect(plan).toMatch(/Index (Only )?Scan using activity_/);
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on activity_events/);
  });
});
