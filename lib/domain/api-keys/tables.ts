import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { users } from '@/lib/domain/accounts/tables';
import { moment } from '@/lib/domain/columns';
import { workspaces } from '@/lib/domain/workspaces/tables';

/** A key for scripts. Only its SHA-256 is kept: the key has 160 random bits, so a slow hash would protect nothing more. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: text().primaryKey(),
    workspaceId: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** `ul`: the platform and HUB surfaces. `ylk`: labelling jobs. */
    kind: text({ enum: ['ul', 'ylk'] }).notNull(),
    keyHash: text().notNull(),
    /** The first 11 characters, for people to recognise it by. */
    prefix: text().notNull(),
    /** None: everything is allowed. */
    scopes: text().array().notNull().default(sql`'{}'::text[]`),
    createdAt: moment().notNull(),
    expiresAt: moment(),
    lastUsedAt: moment(),
    revokedAt: moment(),
  },
  (table) => [
    uniqueIndex('api_keys_hash').on(table.keyHash),
    index('api_keys_workspace').on(table.workspaceId, table.createdAt.desc().nullsFirst()),
  ],
);
