import { Client } from 'pg';
import { type Measurement, median, milliseconds, timeOnce } from './measure';
import type { RunningServer } from './server';

const projectRows = 10_000;
const eventRows = 100_000;
const runs = 60;

/** Milliseconds: what a person does not notice. */
const limit = 15;

const paths = [
  ['projects', '/api/projects'],
  ['projects, a word searched', '/api/projects?search=4711'],
  ['activity', '/api/activity'],
  ['activity, a word searched', '/api/activity?search=4711'],
] as const;

/** Whole requests to lists of a workspace with 10 000 projects and 100 000 events, over HTTP with a key. */
export async function measureLists({ origin, databaseUrl, key }: RunningServer): Promise<Measurement[]> {
  await fill(databaseUrl);
  const measurements: Measurement[] = [];
  for (const [name, path] of paths) {
    const request = async () => {
      const reply = await fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${key}` } });
      if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
      await reply.arrayBuffer();
    };
    for (let i = 0; i < 10; i++) await request();
    const times: number[] = [];
    for (let i = 0; i < runs; i++) times.push(await timeOnce(request));
    const value = median(times);
    const slowest = Math.max(...times);
    measurements.push({
      name: `list of ${name}`,
      value,
      limit,
      unit: 'ms',
      detail: `median of ${runs} requests, slowest ${milliseconds(slowest)}`,
    });
  }
  return measurements;
}

async function fill(databaseUrl: string): Promise<void> {
  const client = new Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>('select id from workspaces limit 1');
    const workspaceId = rows[0].id;
    await client.query(
      `insert into projects (id, workspace_id, name, slug, description, visibility, created_at, updated_at)
       select 'project_' || n, $1, 'Project ' || n, 'project-' || n, '', 'private', now() - n * interval '1 second', now()
       from generate_series(1, ${projectRows}) n`,
      [workspaceId],
    );
    await client.query(
      `insert into activity_events
         (id, workspace_id, action, resource_type, resource_id, resource_name, message, details, created_at)
       select 'event_' || n, $1, 'created', 'project', 'project_' || n, 'Project ' || n, 'Created project ' || n, '{}',
         now() - n * interval '1 second'
       from generate_series(1, ${eventRows}) n`,
      [workspaceId],
    );
    // As autovacuum does by itself within a minute of such a load.
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}
