import { createAccount } from '@/lib/domain/accounts/create-account';
import { hashPassword } from '@/lib/domain/accounts/password-hash';
import { presentAccount } from '@/lib/domain/accounts/present-account';
import { refuseWeakPassword } from '@/lib/domain/accounts/refuse-weak-password';
import type { Account, SignUpInput } from '@/lib/domain/accounts/schema';
import type { Services } from '@/lib/domain/context';

/**
 * Makes an account that signs in with a password. The password is hashed before anything is looked up, so that the time taken
 * tells nothing. Throws `VALIDATION_ERROR` for a weak password and `CONFLICT` for a taken name or e-mail address.
 */
export async function signUp(
  services: Services & { readonly requestId: string },
  { email, password, username, displayName = username }: SignUpInput,
): Promise<Account> {
  refuseWeakPassword(password, 'password', [email, username]);
  const passwordHash = await hashPassword(password);
  const wanted = { email, emailVerified: false, passwordHash, username, displayName, plan: 'free' } as const;
  const made = await services.db.transaction((transaction) => createAccount(services, transaction, wanted));
  return presentAccount(made, { recoveryCodesLeft: 0, providers: [] });
}
