import { DomainError, notFound } from '@/lib/core/errors';
import { confirmPassword } from '@/lib/domain/accounts/confirm-password';
import { deletePasswordResets } from '@/lib/domain/accounts/credentials-repository';
import { hashPassword } from '@/lib/domain/accounts/password-hash';
import { refuseWeakPassword } from '@/lib/domain/accounts/refuse-weak-password';
import { findAccount, lockUser, updateUser } from '@/lib/domain/accounts/repository';
import { requireOwnSession } from '@/lib/domain/accounts/require-own-session';
import type { ChangePasswordInput } from '@/lib/domain/accounts/schema';
import { endSessions } from '@/lib/domain/accounts/sessions-repository';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { actingUserId, type Context } from '@/lib/domain/context';

/** Sets another password; every other session ends, and mailed links stop working. Throws `VALIDATION_ERROR`. */
export async function changePassword(
  context: Context,
  { currentPassword, newPassword }: ChangePasswordInput,
): Promise<{ endedSessions: number }> {
  const sessionId = requireOwnSession(context);
  const { db, now } = context;
  const userId = actingUserId(context);
  const found = await findAccount(db, userId);
  if (found === null) throw notFound('Account');
  await confirmPassword(context, found.user, currentPassword, 'currentPassword');
  refuseWeakPassword(newPassword, 'newPassword', [found.user.email, found.username]);
  const passwordHash = await hashPassword(newPassword);
  return db.transaction(async (transaction) => {
    const before = await lockUser(transaction, userId);
    if (before?.passwordHash !== found.user.passwordHash) {
      throw new DomainError(
        'CONFLICT',
        'The password was changed somewhere else meanwhile. Try again with the new one.',
      );
    }
    const at = now();
    await updateUser(transaction, userId, { passwordHash, updatedAt: at });
    await deletePasswordResets(transaction, userId);
    const endedSessions = await endSessions(transaction, userId, { except: sessionId, now: at });
    await recordActivity(context, transaction, {
      action: 'updated',
      resource: { type: 'settings', id: userId, name: 'Security' },
      message: 'Changed the password',
      details: { endedSessions },
    });
    return { endedSessions };
  });
}
