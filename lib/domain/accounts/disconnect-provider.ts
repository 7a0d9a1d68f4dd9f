import { DomainError, notFound } from '@/lib/core/errors';
import { getAccount } from '@/lib/domain/accounts/get-account';
import { deleteIdentities, listProviders, lockUser } from '@/lib/domain/accounts/repository';
import { requireOwnSession } from '@/lib/domain/accounts/require-own-session';
import type { Account, Provider } from '@/lib/domain/accounts/schema';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { actingUserId, type Context } from '@/lib/domain/context';

/** Disconnects a sign-in provider. Throws `CONFLICT` where it is the only way in, and `NOT_FOUND`. */
export async function disconnectProvider(context: Context, provider: Provider): Promise<Account> {
  requireOwnSession(context);
  const { db } = context;
  const userId = actingUserId(context);
  await db.transaction(async (transaction) => {
    const user = await lockUser(transaction, userId);
    const connected = await listProviders(transaction, userId);
    if (user === null || !connected.includes(provider)) throw notFound('Connection');
    if (user.passwordHash === null && connected.length === 1) {
      throw new DomainError(
        'CONFLICT',
        'This is the only way into the account. Set a password first: sign out and ask for a new password.',
      );
    }
    await deleteIdentities(transaction, userId, provider);
    await recordActivity(context, transaction, {
      action: 'updated',
      resource: { type: 'settings', id: userId, name: 'Security' },
      message: `Disconnected the sign-in with ${provider}`,
    });
  });
  return getAccount(context);
}
