import { notFound } from '@/lib/core/errors';
import { confirmPassword } from '@/lib/domain/accounts/confirm-password';
import { confirmSecondFactor } from '@/lib/domain/accounts/confirm-second-factor';
import { replaceRecoveryCodes } from '@/lib/domain/accounts/credentials-repository';
import { getAccount } from '@/lib/domain/accounts/get-account';
import { findAccount, updateUser } from '@/lib/domain/accounts/repository';
import { requireOwnSession } from '@/lib/domain/accounts/require-own-session';
import type { Account, DisableTwoFactorInput } from '@/lib/domain/accounts/schema';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { actingUserId, type Context } from '@/lib/domain/context';

/**
 * Turns two-factor sign-in off: with the password, where the account has one, and a code of the authenticator or a recovery
 * code. Throws `VALIDATION_ERROR`, and `CONFLICT` when it is off.
 */
export async function disableTwoFactor(context: Context, { password, code }: DisableTwoFactorInput): Promise<Account> {
  requireOwnSession(context);
  const { db, now } = context;
  const user = (await findAccount(db, actingUserId(context)))?.user;
  if (user === undefined) throw notFound('Account');
  if (user.passwordHash !== null) await confirmPassword(context, user, password, 'password');
  await confirmSecondFactor(context, user, code, 'authenticator-or-recovery');
  await db.transaction(async (transaction) => {
    const changes = { totpSecret: null, totpEnabledAt: null, totpLastStep: null, updatedAt: now() };
    await updateUser(transaction, user.id, changes);
    await replaceRecoveryCodes(transaction, user.id, []);
    await recordActivity(context, transaction, {
      action: 'updated',
      resource: { type: 'settings', id: user.id, name: 'Security' },
      message: 'Turned two-factor sign-in off',
    });
  });
  return getAccount(context);
}
