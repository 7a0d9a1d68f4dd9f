import { bigint, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { users } from '@/lib/domain/accounts/tables';
import { blobs } from '@/lib/domain/blobs/tables';
import { moment } from '@/lib/domain/columns';
import { workspaces } from '@/lib/domain/workspaces/tables';

/** What this installation has of the publisher's files: one row for each address anybody asked for, shared by all workspaces. */
export const catalogueFiles = pgTable(
  'catalogue_files',
  {
    /** The publisher's address of the file: another release has addresses of its own. */
    address: text().primaryKey(),
    state: text({ enum: ['absent', 'waiting', 'downloading', 'ready', 'failed'] }).notNull(),
    stateReason: text(),
    /** The download that may write to this row; whichever finds another one here has been replaced, and ends. */
    runId: text(),
    /** The partial file, which a next download of the same bytes goes on with. */
    partialId: text(),
    /** Of the bytes in the partial file. */
    entityTag: text(),
    receivedBytes: bigint({ mode: 'number' }).notNull(),
    totalBytes: bigint({ mode: 'number' }),
    /** Of the first whole download, kept for good: a later one with another hash is refused. */
    knownSha256: text(),
    /** The bytes, while they are here. */
    sha256: text().references(() => blobs.sha256),
    updatedAt: moment().notNull(),
  },
  (table) => [index('catalogue_files_blob').on(table.sha256)],
);

/** Who accepted the licence of a file for a workspace. Without it the workspace neither fetches nor reads the file. */
export const catalogueAcceptances = pgTable(
  'catalogue_acceptances',
  {
    workspaceId: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** The weights, by the name the catalogue gives them. */
    name: text().notNull(),
    license: text().notNull(),
    userId: text().references(() => users.id, { onDelete: 'set null' }),
    acceptedAt: moment().notNull(),
    /** The address whose download this workspace waits for: one that nobody waits for any more is stopped. */
    awaitedAddress: text(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.name] }),
    index('catalogue_acceptances_awaited').on(table.awaitedAddress),
    index('catalogue_acceptances_user').on(table.userId),
  ],
);
