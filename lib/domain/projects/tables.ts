import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { moment } from '@/lib/domain/columns';
import { workspaces } from '@/lib/domain/workspaces/tables';

export const projects = pgTable(
  'projects',
  {
    id: text().primaryKey(),
    workspaceId: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    slug: text().notNull(),
    description: text().notNull().default(''),
    visibility: text({ enum: ['private', 'public'] }).notNull(),
    createdAt: moment().notNull(),
    updatedAt: moment().notNull(),
    /** When it went to the trash. */
    deletedAt: moment(),
  },
  (table) => [
    uniqueIndex('projects_slug').on(table.workspaceId, table.slug).where(sql`${table.deletedAt} is null`),
    index('projects_newest')
      .on(table.workspaceId, table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`${table.deletedAt} is null`),
    index('projects_by_name')
      .on(table.workspaceId, sql`lower(${table.name})`, table.id)
      .where(sql`${table.deletedAt} is null`),
    index('projects_updated')
      .on(table.workspaceId, table.updatedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`${table.deletedAt} is null`),
    index('projects_search').using('gin', sql`${table.name} gin_trgm_ops`),
    index('projects_trash').on(table.workspaceId, table.deletedAt).where(sql`${table.deletedAt} is not null`),
    index('projects_expired').on(table.deletedAt).where(sql`${table.deletedAt} is not null`),
  ],
);
