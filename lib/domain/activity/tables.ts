import { sql } from 'drizzle-orm';
import { date, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { users } from '@/lib/domain/accounts/tables';
import type { ActivityAction, ActivityResource } from '@/lib/domain/activity/schema';
import { moment } from '@/lib/domain/columns';
import { workspaces } from '@/lib/domain/workspaces/tables';

/** What was done, by whom, to what: written in the transaction of the change itself. */
export const activityEvents = pgTable(
  'activity_events',
  {
    id: text().primaryKey(),
    workspaceId: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** Null for what the system did by itself. */
    userId: text().references(() => users.id, { onDelete: 'set null' }),
    apiKeyId: text(),
    action: text().$type<ActivityAction>().notNull(),
    resourceType: text().$type<ActivityResource>().notNull(),
    resourceId: text().notNull(),
    resourceName: text().notNull(),
    /** The sentence that is shown and searched. */
    message: text().notNull(),
    details: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: moment().notNull(),
    /** In UTC. Whole days are counted by it, in `activity_totals`. */
    day: date().notNull().generatedAlwaysAs(sql`(created_at at time zone 'UTC')::date`),
  },
  (table) => [
    index('activity_newest').on(table.workspaceId, table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('activity_of_type').on(
      table.workspaceId,
      table.resourceType,
      table.createdAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index('activity_search').using('gin', sql`${table.message} gin_trgm_ops`),
  ],
);

/**
 * How many events of a kind happened in a workspace on a day. Triggers of `activity_events` keep it in the transaction that writes
 * or deletes events, whoever does: counting a hundred thousand of them anew takes longer than all the rest of a page.
 */
export const activityTotals = pgTable(
  'activity_totals',
  {
    workspaceId: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** In UTC. */
    day: date().notNull(),
    resourceType: text().$type<ActivityResource>().notNull(),
    total: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.day, table.resourceType] })],
);

/**
 * What one person did with single events. Whole boxes are marked by moments in `members`: an event later than its
 * `activityArchivedAt` lies in the archive when `archivedAt` is set here, an earlier one in the inbox when `keptAt` is.
 */
export const activityMarks = pgTable(
  'activity_marks',
  {
    eventId: text()
      .notNull()
      .references(() => activityEvents.id, { onDelete: 'cascade' }),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    seenAt: moment(),
    archivedAt: moment(),
    keptAt: moment(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.eventId] }),
    index('activity_marks_event').on(table.eventId),
    index('activity_marks_archived').on(table.userId, table.eventId).where(sql`${table.archivedAt} is not null`),
    index('activity_marks_kept').on(table.userId, table.eventId).where(sql`${table.keptAt} is not null`),
  ],
);
