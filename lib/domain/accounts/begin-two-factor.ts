import { deriveSecret } from '@/lib/core/derive-secret';
import { DomainError, notFound } from '@/lib/core/errors';
import { seal } from '@/lib/core/seal';
import { lockUser, updateUser } from '@/lib/domain/accounts/repository';
import { requireOwnSession } from '@/lib/domain/accounts/require-own-session';
import type { TwoFactorSetup } from '@/lib/domain/accounts/schema';
import { newTotpSecret, totpQrSvg, totpUri } from '@/lib/domain/accounts/totp';
import { actingUserId, type Context } from '@/lib/domain/context';

/** A new secret for an authenticator; it protects nothing until `confirmTwoFactor`. Throws `CONFLICT` while two-factor is on. */
export async function beginTwoFactor(context: Context): Promise<TwoFactorSetup> {
  requireOwnSession(context);
  const secret = newTotpSecret();
  const email = await context.db.transaction(async (transaction) => {
    const user = await lockUser(transaction, actingUserId(context));
    if (user === null) throw notFound('Account');
    if (user.totpEnabledAt !== null) {
      throw new DomainError('CONFLICT', 'Two-factor sign-in is on. Turn it off first to set up another authenticator.');
    }
    const totpSecret = seal(secret, deriveSecret(context.secret, 'totp'));
    await updateUser(transaction, user.id, { totpSecret, totpLastStep: null });
    return user.email;
  });
  const uri = totpUri(secret, email);
  return { secret, uri, qrSvg: totpQrSvg(uri) };
}
