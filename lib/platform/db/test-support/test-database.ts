import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { connectDatabase, type DatabaseConnection } from '@/lib/platform/db/database';
import { sharedTestCluster } from '@/lib/platform/db/test-support/test-cluster';

/** A database of one test file, migrated and empty, which `close` deletes. */
export type TestDatabase = DatabaseConnection & { readonly url: string };

/** A new database, copied from the migrated one: a tenth of a second, after the first of a run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { administratorUrl, url: templateUrl } = await sharedTestCluster(inject('testClusterFolder'));
  const template = new URL(templateUrl);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdministrator(
    administratorUrl,
    `create database ${name} template ${template.pathname.slice(1)} owner ${template.username} strategy file_copy`,
  );
  const url = new URL(`/${name}`, template).href;
  const connection = connectDatabase(url, { poolSize: 5 });
  return {
    ...connection,
    url,
    async close() {
      await connection.close();
      await asAdministrator(administratorUrl, `drop database ${name} with (force)`);
    },
  };
}

async function asAdministrator(url: string, statement: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
