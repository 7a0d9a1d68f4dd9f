import { notFound } from '@/lib/core/errors';
import { confirmSecondFactor } from '@/lib/domain/accounts/confirm-second-factor';
import { findAccount } from '@/lib/domain/accounts/repository';
import { requireOwnSession } from '@/lib/domain/accounts/require-own-session';
import type { ConfirmTwoFactorInput, RecoveryCodesReply } from '@/lib/domain/accounts/schema';
import { renewRecoveryCodes } from '@/lib/domain/accounts/second-factor';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { actingUserId, type Context } from '@/lib/domain/context';

/** Ten new recovery codes, shown this once; the old ones stop working. Throws `VALIDATION_ERROR` for a wrong code. */
export async function regenerateRecoveryCodes(
  context: Context,
  { code }: ConfirmTwoFactorInput,
): Promise<RecoveryCodesReply> {
  requireOwnSession(context);
  const { db } = context;
  const user = (await findAccount(db, actingUserId(context)))?.user;
  if (user === undefined) throw notFound('Account');
  await confirmSecondFactor(context, user, code, 'authenticator');
  return db.transaction(async (transaction) => {
    const recoveryCodes = await renewRecoveryCodes(transaction, context, user.id);
    await recordActivity(context, transaction, {
      action: 'updated',
      resource: { type: 'settings', id: user.id, name: 'Security' },
      message: 'Made new recovery codes',
    });
    return { recoveryCodes };
  });
}
