import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';

/** The database, as repositories see it. Column names are the snake case of the tables' camel case. */
export type Database = NodePgDatabase;

/** What `database.transaction` hands to its callback: the same queries, kept or undone together. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

/** What a repository function takes, so that it runs alone or within its verb's transaction. */
export type Queryable = Database | Transaction;

export type DatabaseConnection = {
  readonly db: Database;
  readonly pool: Pool;
  /** Lets running queries finish, then closes every connection. */
  readonly close: () => Promise<void>;
};

/** How the tables' names are written in SQL; drizzle.config.ts says the same. */
const casing = 'snake_case';

/** PostgreSQL answers a new connection in milliseconds; a minute of waiting would only hide that it is gone. */
const connectTimeoutMilliseconds = 10_000;

/**
 * Opens a pool of at most `poolSize` connections to the PostgreSQL at `url`. Nothing is connected yet: the first query does,
 * and throws where the server cannot be reached.
 */
export function connectDatabase(url: string, { poolSize }: { readonly poolSize: number }): DatabaseConnection {
  const pool = new Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMilliseconds,
    application_name: 'sightline',
  });
  // A connection that breaks while idle (the server restarted) leaves the pool by itself; unheard, the event would end the process.
  pool.on('error', () => undefined);
  return { db: drizzle(pool, { casing }), pool, close: () => pool.end() };
}
