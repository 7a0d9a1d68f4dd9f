import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseEnvironment } from '@/lib/core/env';
import { createTestDatabase, type TestDatabase } from '@/lib/platform/db/test-support/test-database';
import { prepare } from '@/lib/workers/prepare';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.db.execute(sql`drop schema public cascade; drop schema pgboss cascade; create schema public`);
});
afterAll(() => database.close());

function settings(more: Record<string, string> = {}) {
  return parseEnvironment({
    DATABASE_URL: database.url,
    LOG_LEVEL: 'silent',
    SIGHTLINE_SECRET: 'a secret that is only good for tests, 0123456789',
    ...more,
  });
}

async function count(table: string): Promise<unknown> {
  const { rows } = await database.db.execute(sql.raw(`select count(*)::int as count from ${table}`));
  return rows[0]?.count;
}

test('an empty database gets tables, queues and the account of the settings, however many nodes start', async () => {
  const account = { SIGHTLINE_INIT_EMAIL: 'ada@example.com', SIGHTLINE_INIT_PASSWORD: 'a long enough password' };
  await Promise.all([1, 2, 3].map(() => prepare(settings(account))));
  expect(await count('users')).toBe(1);
  expect(await count("pgboss.queue where name = 'send-mail'")).toBe(1);
  await prepare(settings(account));
  expect(await count('users')).toBe(1);
});

test('half an account in the settings is refused before anything is made', async () => {
  await expect(prepare(settings({ SIGHTLINE_INIT_EMAIL: 'eve@example.com' }))).rejects.toThrow(/set both, or none/);
  expect(await count("users where email = 'eve@example.com'")).toBe(0);
});
