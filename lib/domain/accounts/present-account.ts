import type { AccountRow } from '@/lib/domain/accounts/repository';
import type { Account } from '@/lib/domain/accounts/schema';

type AccountDetails = { readonly recoveryCodesLeft: number; readonly providers: readonly string[] };

/** An account as its owner sees it: no hash and no secret. */
export function presentAccount({ user, username, plan }: AccountRow, details: AccountDetails): Account {
  const { id, email, displayName, isAdmin } = user;
  return {
    id,
    email,
    emailVerified: user.emailVerifiedAt !== null,
    displayName,
    username,
    plan,
    isAdmin,
    hasPassword: user.passwordHash !== null,
    twoFactor: { enabled: user.totpEnabledAt !== null, recoveryCodesLeft: details.recoveryCodesLeft },
    providers: [...details.providers],
    createdAt: user.createdAt.toISOString(),
  };
}
