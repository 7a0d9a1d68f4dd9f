import { bigint, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** Requests counted per subject and fixed window; two neighbouring windows make a sliding one. */
export const rateCounters = pgTable(
  'rate_counters',
  {
    subject: text().notNull(),
    periodSeconds: integer().notNull(),
    /** Unix seconds at which the window began: a multiple of the period. */
    startedAt: bigint({ mode: 'number' }).notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.subject, table.periodSeconds, table.startedAt] })],
);
