import { createHash } from 'node:crypto';
import { DomainError } from '@/lib/core/errors';
import { randomHex } from '@/lib/core/random';
import { countAttempt } from '@/lib/domain/accounts/attempts';
import { insertPasswordReset } from '@/lib/domain/accounts/credentials-repository';
import { findAccountByEmail } from '@/lib/domain/accounts/repository';
import type { Services } from '@/lib/domain/context';
import { queueMail } from '@/lib/domain/mail/queue-mail';

/** How long a link works. */
const linkMs = 60 * 60 * 1000;

const tokenBytes = 32;

/** The hash under which a link's token is kept: it has 256 random bits, so a fast one is enough. */
export function hashResetToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Writes the letter with the link, where an account has the address; nobody is written to more than ten times in a quarter hour. */
export async function sendPasswordReset(services: Services, email: string): Promise<void> {
  const { db, now, origin } = services;
  const found = await findAccountByEmail(db, email);
  if (found === null || !(await mayWrite(services, found.user.id))) return;
  const { user, username } = found;
  const token = randomHex(tokenBytes);
  const at = now();
  const expiresAt = new Date(at.getTime() + linkMs);
  await db.transaction(async (transaction) => {
    await insertPasswordReset(transaction, {
      tokenHash: hashResetToken(token),
      userId: user.id,
      createdAt: at,
      expiresAt,
      usedAt: null,
    });
    await queueMail(services, transaction, {
      to: user.email,
      subject: 'A new password for Sightline',
      text: `Somebody, probably you, asked for a new password for the account ${username}.\n\nSet it here within one hour; the link works once:\n${origin}/reset-password?token=${token}\n\nIf it was not you, do nothing: the password stays as it is.\n`,
      expiresAt,
    });
  });
}

async function mayWrite(services: Services, userId: string): Promise<boolean> {
  try {
    await countAttempt(services, { guess: 'reset-letter', account: userId, address: '', isKnownAddress: true });
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'RATE_LIMITED') return false;
    throw error;
  }
}
