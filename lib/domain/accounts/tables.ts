import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { moment } from '@/lib/domain/columns';

/** A person who can sign in. The user name is the slug of the personal workspace. */
export const users = pgTable(
  'users',
  {
    id: text().primaryKey(),
    /** As typed; compared in lower case. */
    email: text().notNull(),
    /** When a mailed link or a sign-in provider proved that the address is this person's; null until then. */
    emailVerifiedAt: moment(),
    displayName: text().notNull(),
    /** argon2id; null for people who only come through another provider. */
    passwordHash: text(),
    /** Sealed with the server's secret; null while two-factor is off or was never set up. */
    totpSecret: text(),
    totpEnabledAt: moment(),
    /** The last 30-second step whose code was accepted: a code works once. */
    totpLastStep: integer(),
    isAdmin: boolean().notNull().default(false),
    createdAt: moment().notNull(),
    updatedAt: moment().notNull(),
  },
  (table) => [uniqueIndex('users_email').on(sql`lower(${table.email})`)],
);

/** A signed-in device. Ended sessions stay until the sweep, so that they can be told from unknown ones. */
export const sessions = pgTable(
  'sessions',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    userAgent: text().notNull().default(''),
    address: text().notNull().default(''),
    createdAt: moment().notNull(),
    lastSeenAt: moment().notNull(),
    expiresAt: moment().notNull(),
    revokedAt: moment(),
  },
  (table) => [
    index('sessions_user').on(table.userId, table.createdAt.desc().nullsFirst()),
    index('sessions_expired').on(table.expiresAt),
  ],
);

/** Who somebody is at another provider. */
export const identities = pgTable(
  'identities',
  {
    provider: text().notNull(),
    providerAccountId: text().notNull(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.providerAccountId] }),
    index('identities_user').on(table.userId),
  ],
);

/** One-time codes for people who lost their second factor, as keyed hashes. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    codeHash: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    usedAt: moment(),
  },
  (table) => [index('recovery_codes_user').on(table.userId)],
);

/** Mailed links to set a new password, hashed; each works once and for an hour. */
export const passwordResets = pgTable(
  'password_resets',
  {
    tokenHash: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
  },
  (table) => [index('password_resets_user').on(table.userId), index('password_resets_expired').on(table.expiresAt)],
);
