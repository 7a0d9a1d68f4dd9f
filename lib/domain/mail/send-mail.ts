import { deriveSecret } from '@/lib/core/derive-secret';
import { unseal } from '@/lib/core/seal';
import type { Services } from '@/lib/domain/context';
import { findMail, updateMail } from '@/lib/domain/mail/repository';

/** Failures are shown to administrators; a mail server's whole answer need not be. */
const maximumFailureLength = 300;

/**
 * Sends a letter, once: what was sent or has expired is left alone. Without a mail server the letter goes to the log and waits
 * in the administrators' list. Throws what the mail server answers, after noting it, so that the job tries again.
 */
export async function sendMail({ db, log, mailer, now, secret }: Services, mailId: string): Promise<void> {
  const mail = await findMail(db, mailId);
  if (mail === null || mail.sentAt !== null || mail.sealedText === '' || mail.expiresAt <= now()) return;
  const { to, subject } = mail;
  const text = unseal(mail.sealedText, deriveSecret(secret, 'mail'));
  if (mailer === null) {
    log.warn({ mailId, to, subject, text }, 'No mail server is set (SMTP_URL): pass this letter on yourself');
    return;
  }
  try {
    await mailer.deliver({ to, subject, text });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'The mail server refused the letter.';
    await updateMail(db, mailId, { failure: reason.slice(0, maximumFailureLength) });
    throw error;
  }
  await updateMail(db, mailId, { sentAt: now(), failure: null, sealedText: '' });
}
