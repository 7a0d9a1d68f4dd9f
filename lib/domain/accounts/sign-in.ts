import { countAttempt, giveBackAttempt } from '@/lib/domain/accounts/attempts';
import { passwordMatches } from '@/lib/domain/accounts/password-hash';
import { findAccount, findAccountByEmail, type UserRow } from '@/lib/domain/accounts/repository';
import type { SignInInput, SignInRefusal } from '@/lib/domain/accounts/schema';
import { acceptSecondFactor } from '@/lib/domain/accounts/second-factor';
import { hasSignedInFrom } from '@/lib/domain/accounts/sessions-repository';
import { readSignInTicket } from '@/lib/domain/accounts/sign-in-ticket';
import { type Device, startSession } from '@/lib/domain/accounts/start-session';
import type { Services } from '@/lib/domain/context';

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly sessionId: string }
  | { readonly kind: 'refused'; readonly reason: SignInRefusal };

/**
 * Signs somebody in with e-mail and password, or with the ticket of a provider; with two-factor on, a code is asked for once
 * the first proof is right. An unknown e-mail is answered like a wrong password, and takes as long. Throws `RATE_LIMITED` with
 * the seconds to wait after too many wrong attempts.
 */
export async function signIn(services: Services, input: SignInInput, device: Device): Promise<SignInOutcome> {
  const user =
    'ticket' in input ? await ticketHolder(services, input.ticket) : await provePassword(services, input, device);
  if (user === null) return refused('ticket' in input ? 'ticket-expired' : 'wrong-credentials');
  if (user.totpEnabledAt !== null) {
    if (input.code === '') return refused('second-factor-needed');
    if (!(await proveSecondFactor(services, user, input.code, device))) return refused('second-factor-wrong');
  }
  const sessionId = await startSession(services, user, device);
  return sessionId === null ? refused('wrong-credentials') : { kind: 'signed-in', sessionId };
}

async function ticketHolder(services: Services, ticket: string): Promise<UserRow | null> {
  const userId = readSignInTicket(services, ticket);
  return userId === null ? null : ((await findAccount(services.db, userId))?.user ?? null);
}

async function provePassword(
  services: Services,
  { email, password }: { email: string; password: string },
  { address }: Device,
): Promise<UserRow | null> {
  const user = (await findAccountByEmail(services.db, email))?.user ?? null;
  const isKnownAddress = user !== null && (await hasSignedInFrom(services.db, user.id, address));
  const counted = await countAttempt(services, { guess: 'password', account: email, address, isKnownAddress });
  if (!(await passwordMatches(user?.passwordHash ?? null, password))) return null;
  await giveBackAttempt(services, counted);
  return user;
}

async function proveSecondFactor(
  services: Services,
  user: UserRow,
  code: string,
  { address }: Device,
): Promise<boolean> {
  const isKnownAddress = await hasSignedInFrom(services.db, user.id, address);
  const counted = await countAttempt(services, { guess: 'second-factor', account: user.id, address, isKnownAddress });
  if (!(await acceptSecondFactor(services, user, code))) return false;
  await giveBackAttempt(services, counted);
  return true;
}

function refused(reason: SignInRefusal): SignInOutcome {
  return { kind: 'refused', reason };
}
