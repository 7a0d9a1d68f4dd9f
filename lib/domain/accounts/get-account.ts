import { notFound } from '@/lib/core/errors';
import { countRecoveryCodes } from '@/lib/domain/accounts/credentials-repository';
import { presentAccount } from '@/lib/domain/accounts/present-account';
import { findAccount, listProviders } from '@/lib/domain/accounts/repository';
import type { Account } from '@/lib/domain/accounts/schema';
import { actingUserId, type Context, requireScope } from '@/lib/domain/context';

/** The account behind the session or key. */
export async function getAccount(context: Context): Promise<Account> {
  requireScope(context, 'account:read');
  const { db } = context;
  const found = await findAccount(db, actingUserId(context));
  if (found === null) throw notFound('Account');
  return presentAccount(found, {
    recoveryCodesLeft: found.user.totpEnabledAt === null ? 0 : await countRecoveryCodes(db, found.user.id),
    providers: await listProviders(db, found.user.id),
  });
}
