import { and, count, desc, eq, lt, ne } from 'drizzle-orm';
import { type PageQuery, pageOffset } from '@/lib/core/page';
import { mails } from '@/lib/domain/mail/tables';
import type { Queryable } from '@/lib/platform/db/database';

export type MailRow = typeof mails.$inferSelect;

export async function insertMail(db: Queryable, row: MailRow): Promise<void> {
  await db.insert(mails).values(row);
}

export async function findMail(db: Queryable, id: string): Promise<MailRow | null> {
  const [row] = await db.select().from(mails).where(eq(mails.id, id));
  return row ?? null;
}

export async function updateMail(db: Queryable, id: string, changes: Partial<MailRow>): Promise<void> {
  await db.update(mails).set(changes).where(eq(mails.id, id));
}

/** One page of all letters, newest first, and how many there are. */
export async function listMailRows(db: Queryable, query: PageQuery): Promise<{ rows: MailRow[]; total: number }> {
  const rows = await db
    .select()
    .from(mails)
    .orderBy(desc(mails.createdAt), desc(mails.id))
    .limit(query.limit)
    .offset(pageOffset(query));
  const [{ total }] = await db.select({ total: count() }).from(mails);
  return { rows, total };
}

/** Empties letters that expired before the moment. */
export async function emptyExpiredMails(db: Queryable, before: Date): Promise<void> {
  await db
    .update(mails)
    .set({ sealedText: '' })
    .where(and(lt(mails.expiresAt, before), ne(mails.sealedText, '')));
}

/** Deletes letters that expired before the moment; gives how many. */
export async function deleteExpiredMails(db: Queryable, before: Date): Promise<number> {
  const deleted = await db.delete(mails).where(lt(mails.expiresAt, before)).returning({ id: mails.id });
  return deleted.length;
}
