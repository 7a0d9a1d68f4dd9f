import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import type { Context } from '@/lib/domain/context';
import type { Queryable } from '@/lib/platform/db/database';

type Query = { readonly text: string; readonly values: unknown[] };

/**
 * Does some work while listening to its queries, and gives PostgreSQL's plan of each as text, so that a test can hold against
 * it which rows are read through an index.
 */
export async function explainQueries(
  url: string,
  context: Context,
  work: (context: Context) => Promise<unknown>,
): Promise<string[]> {
  const pool = new Pool({ connectionString: url, max: 1 });
  const queries: Query[] = [];
  const logger = { logQuery: (text: string, values: unknown[]) => void queries.push({ text, values }) };
  try {
    const db: Queryable = drizzle(pool, { casing: 'snake_case', logger });
    await work({ ...context, db });
    const plans: string[] = [];
    for (const { text, values } of queries.filter((query) => /^\s*(select|with)/i.test(query.text))) {
      const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    }
    return plans;
  } finally {
    await pool.end();
  }
}
