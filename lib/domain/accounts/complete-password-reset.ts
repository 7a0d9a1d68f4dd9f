import { invalidInput } from '@/lib/core/errors';
import { deletePasswordResets, spendPasswordReset } from '@/lib/domain/accounts/credentials-repository';
import { hashPassword } from '@/lib/domain/accounts/password-hash';
import { refuseWeakPassword } from '@/lib/domain/accounts/refuse-weak-password';
import { findAccount, lockUser, updateUser } from '@/lib/domain/accounts/repository';
import type { CompletePasswordResetInput } from '@/lib/domain/accounts/schema';
import { hashResetToken } from '@/lib/domain/accounts/send-password-reset';
import { endSessions } from '@/lib/domain/accounts/sessions-repository';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import type { Services } from '@/lib/domain/context';

/**
 * Sets a new password with a mailed link, which proves the address, and ends every session. A second factor stays on. Throws
 * `VALIDATION_ERROR` for a link that is unknown, used or expired, and for a weak password, which leaves the link usable.
 */
export async function completePasswordReset(
  services: Services & { readonly requestId: string },
  { token, password }: CompletePasswordResetInput,
): Promise<{ email: string }> {
  refuseWeakPassword(password, 'password', []);
  const { db, now } = services;
  const passwordHash = await hashPassword(password);
  return db.transaction(async (transaction) => {
    const at = now();
    const userId = await spendPasswordReset(transaction, hashResetToken(token), at);
    const user = userId === null ? null : await lockUser(transaction, userId);
    const found = user === null ? null : await findAccount(transaction, user.id);
    if (user === null || found === null) {
      throw invalidInput([{ path: 'token', message: 'this link was used or has expired; ask for another one' }]);
    }
    refuseWeakPassword(password, 'password', [user.email, found.username]);
    const emailVerifiedAt = user.emailVerifiedAt ?? at;
    await updateUser(transaction, user.id, { passwordHash, emailVerifiedAt, updatedAt: at });
    await deletePasswordResets(transaction, user.id);
    const endedSessions = await endSessions(transaction, user.id, { except: null, now: at });
    const { workspaceId, plan } = found;
    const actor = { kind: 'session', userId: user.id, sessionId: '' } as const;
    await recordActivity({ ...services, actor, workspaceId, plan }, transaction, {
      action: 'updated',
      resource: { type: 'settings', id: user.id, name: 'Security' },
      message: 'Set a new password by a mailed link',
      details: { endedSessions },
    });
    return { email: user.email };
  });
}
