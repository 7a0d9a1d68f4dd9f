import { sql } from 'drizzle-orm';
import { present } from '@/lib/core/assert';
import type { Database } from '@/lib/platform/db/database';
import journal from '@/lib/platform/db/migrations/meta/_journal.json';

/** Whether the database has the tables of this version, or of a later one that is being rolled out beside it. */
export async function isMigrated(db: Database): Promise<boolean> {
  const newest = present(journal.entries.at(-1), 'a migration').when;
  const { rows } = await db.execute<{ applied: string | null }>(sql`select max(created_at) as applied from migrations`);
  return Number(rows.at(0)?.applied ?? 0) >= newest;
}
