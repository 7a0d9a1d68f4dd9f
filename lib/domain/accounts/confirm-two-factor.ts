import { DomainError, invalidInput, notFound } from '@/lib/core/errors';
import { lockUser, updateUser } from '@/lib/domain/accounts/repository';
import { requireOwnSession } from '@/lib/domain/accounts/require-own-session';
import type { ConfirmTwoFactorInput, RecoveryCodesReply } from '@/lib/domain/accounts/schema';
import { acceptTotpCode, renewRecoveryCodes } from '@/lib/domain/accounts/second-factor';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { actingUserId, type Context } from '@/lib/domain/context';

/**
 * Turns two-factor sign-in on, once a code shows that the authenticator has the secret. Gives the recovery codes, this once.
 * Throws `VALIDATION_ERROR` for a wrong code and `CONFLICT` when two-factor is on or was never begun.
 */
export async function confirmTwoFactor(context: Context, { code }: ConfirmTwoFactorInput): Promise<RecoveryCodesReply> {
  requireOwnSession(context);
  const { db, now } = context;
  return db.transaction(async (transaction) => {
    const user = await lockUser(transaction, actingUserId(context));
    if (user === null) throw notFound('Account');
    if (user.totpEnabledAt !== null) throw new DomainError('CONFLICT', 'Two-factor sign-in is on already.');
    if (user.totpSecret === null)
      throw new DomainError('CONFLICT', 'Begin the set-up first, then confirm a code of it.');
    if (!(await acceptTotpCode({ ...context, db: transaction }, user, code))) {
      throw invalidInput([
        { path: 'code', message: 'is not what the authenticator shows now; check the clock of the phone' },
      ]);
    }
    await updateUser(transaction, user.id, { totpEnabledAt: now(), updatedAt: now() });
    const recoveryCodes = await renewRecoveryCodes(transaction, context, user.id);
    await recordActivity(context, transaction, {
      action: 'updated',
      resource: { type: 'settings', id: user.id, name: 'Security' },
      message: 'Turned two-factor sign-in on',
    });
    return { recoveryCodes };
  });
}
