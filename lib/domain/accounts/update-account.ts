import { notFound } from '@/lib/core/errors';
import { getAccount } from '@/lib/domain/accounts/get-account';
import { lockUser, updateUser } from '@/lib/domain/accounts/repository';
import type { Account, UpdateAccountInput } from '@/lib/domain/accounts/schema';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { actingUserId, type Context, requireScope } from '@/lib/domain/context';

/** Changes the display name. The user name stays: addresses in scripts name it. */
export async function updateAccount(context: Context, { displayName }: UpdateAccountInput): Promise<Account> {
  requireScope(context, 'account');
  const { db, now } = context;
  const userId = actingUserId(context);
  await db.transaction(async (transaction) => {
    const before = await lockUser(transaction, userId);
    if (before === null) throw notFound('Account');
    if (before.displayName === displayName) return;
    await updateUser(transaction, userId, { displayName, updatedAt: now() });
    await recordActivity(context, transaction, {
      action: 'updated',
      resource: { type: 'settings', id: userId, name: 'Profile' },
      message: `Changed the display name to ${displayName}`,
      details: { before: { displayName: before.displayName }, after: { displayName } },
    });
  });
  return getAccount(context);
}
