import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from '@/lib/domain/columns';

/** Letters to people: sent by the worker, or shown to an administrator where no mail server is set. Text goes when sent. */
export const mails = pgTable(
  'mails',
  {
    id: text().primaryKey(),
    to: text().notNull(),
    subject: text().notNull(),
    /** Sealed with the server's secret, because links in it open accounts; empty once sent or expired. */
    sealedText: text().notNull(),
    createdAt: moment().notNull(),
    sentAt: moment(),
    failure: text(),
    /** After this the letter is of no use (its link is dead) and is deleted. */
    expiresAt: moment().notNull(),
  },
  (table) => [
    index('mails_newest').on(table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('mails_expired').on(table.expiresAt),
  ],
);
