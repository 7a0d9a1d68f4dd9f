import { notFound } from '@/lib/core/errors';
import { confirmPassword } from '@/lib/domain/accounts/confirm-password';
import { emailRefused } from '@/lib/domain/accounts/create-account';
import { deletePasswordResets } from '@/lib/domain/accounts/credentials-repository';
import { getAccount } from '@/lib/domain/accounts/get-account';
import { findAccount, isEmailTaken, lockAccountCreation, lockUser, updateUser } from '@/lib/domain/accounts/repository';
import { requireOwnSession } from '@/lib/domain/accounts/require-own-session';
import type { Account, ChangeEmailInput } from '@/lib/domain/accounts/schema';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { actingUserId, type Context } from '@/lib/domain/context';
import { queueMail } from '@/lib/domain/mail/queue-mail';

/** The old address is told for so long; later nobody would look. */
const letterKeptMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Changes the e-mail address, which is unproven until a mailed link or a provider proves it. The old address is told, so that
 * nobody loses an account silently. Throws `VALIDATION_ERROR` for a wrong password and `CONFLICT` for a taken address.
 */
export async function changeEmail(context: Context, { email, password }: ChangeEmailInput): Promise<Account> {
  requireOwnSession(context);
  const { db, now } = context;
  const userId = actingUserId(context);
  const found = await findAccount(db, userId);
  if (found === null) throw notFound('Account');
  await confirmPassword(context, found.user, password, 'password');
  await db.transaction(async (transaction) => {
    await lockAccountCreation(transaction);
    const before = await lockUser(transaction, userId);
    if (before === null) throw notFound('Account');
    if (before.email === email) return;
    if (await isEmailTaken(transaction, email, userId)) throw emailRefused();
    const at = now();
    const isSameAddress = before.email.toLowerCase() === email.toLowerCase();
    const emailVerifiedAt = isSameAddress ? before.emailVerifiedAt : null;
    await updateUser(transaction, userId, { email, emailVerifiedAt, updatedAt: at });
    await deletePasswordResets(transaction, userId);
    await queueMail(context, transaction, {
      to: before.email,
      subject: 'The e-mail address of your Sightline account was changed',
      text: `The account ${found.username} at ${context.origin} now signs in with ${email}.\n\nIf that was not you, tell the administrator of this server.\n`,
      expiresAt: new Date(at.getTime() + letterKeptMs),
    });
    await recordActivity(context, transaction, {
      action: 'updated',
      resource: { type: 'settings', id: userId, name: 'Profile' },
      message: `Changed the e-mail address to ${email}`,
      details: { before: { email: before.email }, after: { email } },
    });
  });
  return getAccount(context);
}
