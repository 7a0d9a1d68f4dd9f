import { deriveSecret } from '@/lib/core/derive-secret';
import { newId } from '@/lib/core/ids';
import { seal } from '@/lib/core/seal';
import type { Services } from '@/lib/domain/context';
import { insertMail } from '@/lib/domain/mail/repository';
import type { Transaction } from '@/lib/platform/db/database';

type QueuedLetter = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** After this the letter is of no use and is neither sent nor shown. */
  readonly expiresAt: Date;
};

/** Writes a letter and the job that sends it, in the transaction of what it tells about: none without the others. */
export async function queueMail(
  { jobs, now, secret }: Services,
  transaction: Transaction,
  { to, subject, text, expiresAt }: QueuedLetter,
): Promise<void> {
  const id = newId('mail');
  const sealedText = seal(text, deriveSecret(secret, 'mail'));
  await insertMail(transaction, {
    id,
    to,
    subject,
    sealedText,
    createdAt: now(),
    sentAt: null,
    failure: null,
    expiresAt,
  });
  await jobs.enqueue('send-mail', { mailId: id }, { transaction });
}
