import { index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { users } from '@/lib/domain/accounts/tables';
import { moment } from '@/lib/domain/columns';

/** What everything belongs to. Every account has a personal one, whose slug is the user name; teams share the name space. */
export const workspaces = pgTable(
  'workspaces',
  {
    id: text().primaryKey(),
    slug: text().notNull(),
    name: text().notNull(),
    kind: text({ enum: ['personal', 'team'] }).notNull(),
    plan: text({ enum: ['free', 'pro', 'enterprise'] }).notNull(),
    createdAt: moment().notNull(),
  },
  (table) => [uniqueIndex('workspaces_slug').on(table.slug)],
);

export const members = pgTable(
  'members',
  {
    workspaceId: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text({ enum: ['owner', 'admin', 'editor', 'viewer'] }).notNull(),
    /** Events up to here count as seen; later ones are marked one by one in `activity_marks`. */
    activitySeenAt: moment(),
    /** Events up to here lie in the archive, except those that were brought back one by one. */
    activityArchivedAt: moment(),
    createdAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.userId] }), index('members_user').on(table.userId)],
);
