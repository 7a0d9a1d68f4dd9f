import { DomainError } from '@/lib/core/errors';
import { createAccount } from '@/lib/domain/accounts/create-account';
import { freeUsername } from '@/lib/domain/accounts/free-username';
import {
  type AccountRow,
  findAccount,
  findAccountByEmail,
  findAccountByIdentity,
  insertIdentity,
} from '@/lib/domain/accounts/repository';
import type { Provider, SignInRefusal } from '@/lib/domain/accounts/schema';
import { issueSignInTicket } from '@/lib/domain/accounts/sign-in-ticket';
import { type Device, startSession } from '@/lib/domain/accounts/start-session';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import type { Services } from '@/lib/domain/context';
import type { Transaction } from '@/lib/platform/db/database';

/** Whom a provider vouches for. */
export type ProviderPerson = {
  readonly provider: Provider;
  readonly providerAccountId: string;
  readonly email: string | null;
  /** Whether the provider says that the e-mail address is theirs. */
  readonly emailVerified: boolean;
  readonly displayName: string | null;
};

export type ProviderOutcome =
  | { readonly kind: 'signed-in'; readonly sessionId: string }
  /** The provider's word is the first factor; `signIn` takes the ticket with a code. */
  | { readonly kind: 'second-factor'; readonly ticket: string }
  | { readonly kind: 'refused'; readonly reason: SignInRefusal };

type NamedServices = Services & { readonly requestId: string };

/**
 * Signs somebody in on the word of a provider. A known identity is its account's. Else somebody who is signed in already
 * connects the provider to their account. Else the e-mail address decides, and only where both sides have proven it: an account
 * whose own address is unproven may have been made by a stranger, and is never joined to. Nobody's address makes a new account.
 */
export async function signInWithProvider(
  services: NamedServices,
  person: ProviderPerson,
  device: Device,
  signedInUserId: string | null,
): Promise<ProviderOutcome> {
  const found = await services.db.transaction((transaction) =>
    resolvePerson(services, transaction, person, signedInUserId),
  );
  if (typeof found === 'string') return { kind: 'refused', reason: found };
  const { user } = found;
  if (user.totpEnabledAt !== null && user.id !== signedInUserId) {
    return { kind: 'second-factor', ticket: issueSignInTicket(services, user.id) };
  }
  const sessionId = await startSession(services, user, device);
  return sessionId === null ? { kind: 'refused', reason: 'ticket-expired' } : { kind: 'signed-in', sessionId };
}

async function resolvePerson(
  services: NamedServices,
  transaction: Transaction,
  person: ProviderPerson,
  signedInUserId: string | null,
): Promise<AccountRow | SignInRefusal> {
  const known = await findAccountByIdentity(transaction, person.provider, person.providerAccountId);
  if (known !== null) return known;
  const signedIn = signedInUserId === null ? null : await findAccount(transaction, signedInUserId);
  if (signedIn !== null) return connect(services, transaction, person, signedIn);
  const { email, emailVerified } = person;
  if (email === null || !emailVerified) return 'email-unverified';
  const sameEmail = await findAccountByEmail(transaction, email);
  if (sameEmail !== null) {
    return sameEmail.user.emailVerifiedAt === null
      ? 'account-exists'
      : connect(services, transaction, person, sameEmail);
  }
  const username = await freeUsername(transaction, email);
  const made = await createAccount(services, transaction, {
    email,
    emailVerified: true,
    passwordHash: null,
    username,
    displayName: person.displayName ?? username,
    plan: 'free',
  });
  return connect(services, transaction, person, made);
}

async function connect(
  services: NamedServices,
  transaction: Transaction,
  { provider, providerAccountId }: ProviderPerson,
  account: AccountRow,
): Promise<AccountRow> {
  const userId = account.user.id;
  const isNew = await insertIdentity(transaction, { provider, providerAccountId, userId, createdAt: services.now() });
  if (!isNew) throw new DomainError('CONFLICT', 'This sign-in was connected by another request just now. Try again.');
  const { workspaceId, plan } = account;
  const context = { ...services, actor: { kind: 'session', userId, sessionId: '' }, workspaceId, plan } as const;
  await recordActivity(context, transaction, {
    action: 'updated',
    resource: { type: 'settings', id: userId, name: 'Security' },
    message: `Connected the sign-in with ${provider}`,
  });
  return account;
}
