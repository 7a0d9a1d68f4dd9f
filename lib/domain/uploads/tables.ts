import { bigint, index, pgTable, text } from 'drizzle-orm/pg-core';
import { users } from '@/lib/domain/accounts/tables';
import { moment } from '@/lib/domain/columns';
import { workspaces } from '@/lib/domain/workspaces/tables';

/** A large file on its way, in pieces. How far it came is the length of its partial file, never a number in this row. */
export const uploads = pgTable(
  'uploads',
  {
    id: text().primaryKey(),
    workspaceId: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    fileName: text().notNull(),
    sizeBytes: bigint({ mode: 'number' }).notNull(),
    createdAt: moment().notNull(),
    /** Unfinished uploads are swept after this. */
    expiresAt: moment().notNull(),
  },
  (table) => [index('uploads_workspace').on(table.workspaceId), index('uploads_expiry').on(table.expiresAt)],
);
