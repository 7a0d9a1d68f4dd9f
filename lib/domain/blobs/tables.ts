import { bigint, index, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from '@/lib/domain/columns';

/** Bytes in storage, once per content. There are never bytes in storage without a row here. */
export const blobs = pgTable('blobs', {
  sha256: text().primaryKey(),
  sizeBytes: bigint({ mode: 'number' }).notNull(),
  createdAt: moment().notNull(),
});

/** Somebody is putting these bytes into storage and will point at them soon: until then they stay without a pointer. */
export const blobHolds = pgTable(
  'blob_holds',
  {
    id: text().primaryKey(),
    sha256: text()
      .notNull()
      .references(() => blobs.sha256),
    /** A hold outlives a crash of its owner, but not for ever. */
    expiresAt: moment().notNull(),
  },
  (table) => [index('blob_holds_blob').on(table.sha256)],
);
