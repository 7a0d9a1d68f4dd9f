import { invalidInput } from '@/lib/core/errors';
import { countAttempt, giveBackAttempt } from '@/lib/domain/accounts/attempts';
import { passwordMatches } from '@/lib/domain/accounts/password-hash';
import type { UserRow } from '@/lib/domain/accounts/repository';
import type { Services } from '@/lib/domain/context';

/**
 * Makes somebody who is signed in prove that they know the password, before a change that a borrowed browser must not make.
 * Throws `VALIDATION_ERROR` at `path`, and `RATE_LIMITED` after ten wrong ones.
 */
export async function confirmPassword(
  services: Services,
  user: UserRow,
  password: string,
  path: string,
): Promise<void> {
  if (user.passwordHash === null) {
    const message = 'this account has no password yet: sign out and ask for a new password on the sign-in page first';
    throw invalidInput([{ path, message }]);
  }
  const attempt = { guess: 'password-check', account: user.id, address: '', isKnownAddress: true } as const;
  const counted = await countAttempt(services, attempt);
  if (!(await passwordMatches(user.passwordHash, password))) {
    throw invalidInput([{ path, message: 'is not the password of this account' }]);
  }
  await giveBackAttempt(services, counted);
}
