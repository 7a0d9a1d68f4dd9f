import { deriveSecret } from '@/lib/core/derive-secret';
import type { Page, PageQuery } from '@/lib/core/page';
import { unseal } from '@/lib/core/seal';
import { requireAdministrator } from '@/lib/domain/accounts/require-administrator';
import type { Context } from '@/lib/domain/context';
import { listMailRows, type MailRow } from '@/lib/domain/mail/repository';
import type { Mail } from '@/lib/domain/mail/schema';

/** One page of all letters, newest first, for administrators. Throws `FORBIDDEN`. */
export async function listMails(context: Context, query: PageQuery): Promise<Page<Mail>> {
  await requireAdministrator(context);
  const { rows, total } = await listMailRows(context.db, query);
  const now = context.now();
  const key = deriveSecret(context.secret, 'mail');
  return {
    items: rows.map((row) => presentMail(row, now, key)),
    meta: { page: query.page, limit: query.limit, total },
  };
}

function presentMail(row: MailRow, now: Date, key: string): Mail {
  const { id, to, subject, failure, createdAt, sentAt, expiresAt } = row;
  const status = mailStatus(row, now);
  const isReadable = row.sealedText !== '' && status !== 'expired' && status !== 'sent';
  return {
    id,
    to,
    subject,
    text: isReadable ? unseal(row.sealedText, key) : null,
    status,
    failure,
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    expiresAt: expiresAt.toISOString(),
  };
}

function mailStatus({ sentAt, expiresAt, failure }: MailRow, now: Date): Mail['status'] {
  if (sentAt !== null) return 'sent';
  if (expiresAt <= now) return 'expired';
  return failure === null ? 'waiting' : 'failed';
}
