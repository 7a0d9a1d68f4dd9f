import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrateDatabase } from '@/lib/platform/db/migrate';
import { createTestDatabase, type TestDatabase } from '@/lib/platform/db/test-support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('several nodes that start at once migrate an empty database once', async () => {
  await database.db.execute(sql`drop schema public cascade; create schema public`);
  await Promise.all([1, 2, 3, 4].map(() => migrateDatabase(database.url)));
  const { rows } = await database.db.execute(
    sql`select count(*)::int as count, count(distinct hash)::int as distinct from migrations`,
  );
  expect(rows[0]?.count).toBeGreaterThanOrEqual(2);
  expect(rows[0]?.count).toBe(rows[0]?.distinct);
});

test('a server that cannot be reached is told with its place and what to do, and without the password', async () => {
  const failure = await migrateDatabase('postgres://somebody:hidden-word@localhost:1/nothing').catch(String);
  expect(failure).toMatch(/PostgreSQL on localhost:1 cannot be used: .*ECONNREFUSED.*Check DATABASE_URL/);
  expect(failure).not.toContain('hidden-word');
  const elsewhere = database.url.replace(/[^/]+$/, 'no_such_database');
  await expect(migrateDatabase(elsewhere)).rejects.toThrow(
    /cannot be used: database "no_such_database" does not exist/,
  );
});
