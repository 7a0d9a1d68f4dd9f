import { DomainError, invalidInput } from '@/lib/core/errors';
import { countAttempt, giveBackAttempt } from '@/lib/domain/accounts/attempts';
import type { UserRow } from '@/lib/domain/accounts/repository';
import { acceptSecondFactor, acceptTotpCode } from '@/lib/domain/accounts/second-factor';
import type { Services } from '@/lib/domain/context';

/**
 * Makes somebody who is signed in prove their second factor. Throws `CONFLICT` where two-factor is off, `VALIDATION_ERROR` for a
 * wrong or used code, and `RATE_LIMITED` after ten wrong ones.
 */
export async function confirmSecondFactor(
  services: Services,
  user: UserRow,
  code: string,
  accepts: 'authenticator' | 'authenticator-or-recovery',
): Promise<void> {
  if (user.totpEnabledAt === null) throw new DomainError('CONFLICT', 'Two-factor sign-in is off.');
  const attempt = { guess: 'second-factor', account: user.id, address: '', isKnownAddress: true } as const;
  const counted = await countAttempt(services, attempt);
  const accept = accepts === 'authenticator' ? acceptTotpCode : acceptSecondFactor;
  if (!(await accept(services, user, code))) {
    throw invalidInput([{ path: 'code', message: 'is wrong or was used before; wait for the next one' }]);
  }
  await giveBackAttempt(services, counted);
}
