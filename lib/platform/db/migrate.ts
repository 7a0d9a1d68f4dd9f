import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';

/** Any number, as long as nothing else takes it: our nodes wait for each other at it. */
const migrationLock = 7_204_411;

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/**
 * Brings the database at `url` up to this version's tables. Several nodes may do so at once: one works, the others wait and
 * find nothing left to do. Each migration is applied whole or not at all. Throws, with what to do, when the server cannot be
 * reached.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'sightline-migration' });
  // A connection that breaks fails its queries; unheard, the event itself would end the process.
  client.on('error', () => undefined);
  await client.connect().catch((cause: unknown) => {
    throw new Error(
      `PostgreSQL on ${new URL(url).host} cannot be used: ${reasonOf(cause)}. Check DATABASE_URL and whether that server runs. Without DATABASE_URL, npm start runs a PostgreSQL of its own.`,
      { cause },
    );
  });
  try {
    // Of this session, so that it is given back even when this process is killed.
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await applyMigrations(drizzle(client), {
      migrationsFolder,
      migrationsSchema: 'public',
      migrationsTable: 'migrations',
    });
  } finally {
    await client.end();
  }
}

/** An attempt at several addresses of one name has its reasons inside. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
