import { createHash } from 'node:crypto';
import { DomainError } from '@/lib/core/errors';
import type { Services } from '@/lib/domain/context';
import type { RateWindow } from '@/lib/platform/limiter/sliding-window';

/** What is being guessed. */
type Guess = 'password' | 'second-factor' | 'password-check' | 'reset-letter';

type Attempted = {
  readonly guess: Guess;
  /** Whose it is: an e-mail address or a user id. It is counted under its hash. */
  readonly account: string;
  readonly address: string;
  /** Whether this account signed in from this address before: nobody else's guessing keeps its owner out. */
  readonly isKnownAddress: boolean;
};

/** What `giveBackAttempt` needs to undo a count. */
export type CountedAttempt = readonly { readonly subject: string; readonly windows: readonly RateWindow[] }[];

/** By one address against one account. */
const narrowWindows: readonly RateWindow[] = [{ limit: 10, periodSeconds: 15 * 60 }];

/** By everybody against one account: many addresses together guess no faster than this. */
const wideWindows: readonly RateWindow[] = [
  { limit: 50, periodSeconds: 60 * 60 },
  { limit: 200, periodSeconds: 24 * 60 * 60 },
];

/**
 * Counts an attempt before it is judged, so that attempts at once cannot slip through together. A right one is given back:
 * only wrong ones count. Throws `RATE_LIMITED` with the seconds to wait.
 */
export async function countAttempt(services: Services, attempted: Attempted): Promise<CountedAttempt> {
  const { guess, account, address, isKnownAddress } = attempted;
  const whose = `${guess}:${createHash('sha256').update(account.toLowerCase()).digest('hex').slice(0, 32)}`;
  const narrow = { subject: `${whose}:${address}`, windows: narrowWindows };
  const wide = { subject: whose, windows: wideWindows };
  const counted: { subject: string; windows: readonly RateWindow[] }[] = [];
  for (const limit of isKnownAddress ? [narrow] : [narrow, wide]) {
    const at = services.now();
    const { allowed, resetAt } = await services.limiter.count(limit.subject, limit.windows, at);
    if (!allowed) {
      await giveBackAttempt(services, counted);
      throw tooManyAttempts(Math.max(1, Math.ceil(resetAt - at.getTime() / 1000)));
    }
    counted.push(limit);
  }
  return counted;
}

/** Undoes the count of an attempt that was right. */
export async function giveBackAttempt({ limiter, now }: Services, counted: CountedAttempt): Promise<void> {
  for (const { subject, windows } of counted) await limiter.giveBack(subject, windows, now());
}

function tooManyAttempts(retryAfterSeconds: number): DomainError {
  return new DomainError('RATE_LIMITED', `Too many wrong attempts. Wait ${retryAfterSeconds} s and try again.`, {
    retryAfterSeconds,
  });
}
