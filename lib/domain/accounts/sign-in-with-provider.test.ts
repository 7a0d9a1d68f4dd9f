import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@/lib/core/ids';
import { disconnectProvider } from '@/lib/domain/accounts/disconnect-provider';
import { getAccount } from '@/lib/domain/accounts/get-account';
import { signIn } from '@/lib/domain/accounts/sign-in';
import { issueSignInTicket } from '@/lib/domain/accounts/sign-in-ticket';
import { type ProviderPerson, signInWithProvider } from '@/lib/domain/accounts/sign-in-with-provider';
import { identities, users } from '@/lib/domain/accounts/tables';
import {
  emailOf,
  firefox,
  sessionContext,
  signedInAccount,
  withTwoFactor,
} from '@/lib/domain/accounts/test-support/signed-in-account';
import { actingUserId, type Context, type Services } from '@/lib/domain/context';
import { createTestContext, type TestContext } from '@/lib/domain/test-support/test-context';

describe('signInWithProvider', () => {
  let test: TestContext;
  let services: Services & { requestId: string };
  let username: string;
  let count = 0;

  beforeAll(async () => {
    test = await createTestContext();
    services = { ...test.services, requestId: newId('request') };
  });
  afterAll(() => test.close());
  beforeEach(() => {
    test.setNow(null);
    count += 1;
    username = `person-${count}`;
  });

  const person = (changes: Partial<ProviderPerson> = {}): ProviderPerson => ({
    provider: 'github',
    providerAccountId: `github-${count}`,
    email: emailOf(username),
    emailVerified: true,
    displayName: 'Ada Lovelace',
    ...changes,
  });
  const arrive = (who: ProviderPerson, signedIn: Context | null = null) =>
    signInWithProvider(services, who, firefox, signedIn === null ? null : actingUserId(signedIn));

  async function accountOf(who: ProviderPerson) {
    const outcome = await arrive(who);
    if (outcome.kind !== 'signed-in') throw new Error(`not signed in: ${outcome.kind}`);
    return sessionContext(services, outcome.sessionId);
  }

  async function proveEmail(context: Context) {
    await services.db
      .update(users)
      .set({ emailVerifiedAt: new Date() })
      .where(eq(users.id, actingUserId(context)));
  }

  it('makes an account for somebody new, whose address is proven, and finds it again by identity', async () => {
    const made = await accountOf(person());
    expect(await getAccount(made)).toMatchObject({
      username,
      displayName: 'Ada Lovelace',
      emailVerified: true,
      hasPassword: false,
      providers: ['github'],
    });
    const again = await accountOf(person({ email: 'moved@example.com', emailVerified: false }));
    expect(actingUserId(again)).toBe(actingUserId(made));
  });

  it.each([{ emailVerified: false }, { email: null }])(
    'makes none where the provider proves no address',
    async (lack) => {
      expect(await arrive(person(lack))).toEqual({ kind: 'refused', reason: 'email-unverified' });
      expect(
        await services.db
          .select()
          .from(users)
          .where(eq(users.email, emailOf(username))),
      ).toEqual([]);
    },
  );

  it('makes a user name of its own: long enough, not reserved, not taken', async () => {
    const nameFor = async (email: string) =>
      (await getAccount(await accountOf(person({ email, providerAccountId: email })))).username;
    expect(await nameFor('al@example.com')).toBe('al-user');
    expect(await nameFor('al@example.org')).toBe('al-user-2');
    expect(await nameFor('admin@example.com')).toBe('admin-user');
    expect(await nameFor('Zoe.O_Neill+x@example.com')).toBe('zoe-o-neill-x');
  });

  it('joins no account whose own address is unproven: a stranger may have made it', async () => {
    const squatter = await signedInAccount(services, username);
    expect(await arrive(person())).toEqual({ kind: 'refused', reason: 'account-exists' });
    expect((await getAccount(squatter)).providers).toEqual([]);
  });

  it('joins an account whose address both sides have proven', async () => {
    const ada = await signedInAccount(services, username);
    await proveEmail(ada);
    const arrived = await accountOf(person({ email: emailOf(username).toUpperCase() }));
    expect(actingUserId(arrived)).toBe(actingUserId(ada));
    expect((await getAccount(ada)).providers).toEqual(['github']);
  });

  it('connects to whoever is signed in already, whatever the addresses', async () => {
    const ada = await signedInAccount(services, username);
    const outcome = await arrive(person({ email: null, emailVerified: false }), ada);
    expect(outcome).toMatchObject({ kind: 'signed-in' });
    expect((await getAccount(ada)).providers).toEqual(['github']);
  });

  it('asks for the second factor, which the ticket of the provider does not replace', async () => {
    const ada = await signedInAccount(services, username);
    await proveEmail(ada);
    const { codeAt } = await withTwoFactor(ada);
    const outcome = await arrive(person());
    if (outcome.kind !== 'second-factor') throw new Error('no second factor');
    const { ticket } = outcome;
    expect(await signIn(services, { ticket, code: '' }, firefox)).toMatchObject({ reason: 'second-factor-needed' });
    expect(await signIn(services, { ticket, code: '000000' }, firefox)).toMatchObject({
      reason: 'second-factor-wrong',
    });
    const code = codeAt(new Date(Date.now() + 30_000));
    expect(await signIn(services, { ticket, code }, firefox)).toMatchObject({ kind: 'signed-in' });
    test.setNow(new Date(Date.now() + 11 * 60 * 1000));
    expect(await signIn(services, { ticket, code }, firefox)).toMatchObject({ reason: 'ticket-expired' });
  });

  it('takes no ticket of another server or of somebody’s making', async () => {
    const ada = await signedInAccount(services, username);
    const foreign = issueSignInTicket({ ...services, secret: 'another secret of another server' }, actingUserId(ada));
    for (const ticket of [foreign, 'abc', Buffer.from(`9999999999999:${actingUserId(ada)}`).toString('base64url')]) {
      expect(await signIn(services, { ticket, code: '123456' }, firefox)).toMatchObject({ reason: 'ticket-expired' });
    }
  });

  it('makes one account of two arrivals at once', async () => {
    await Promise.allSettled([arrive(person()), arrive(person())]);
    expect(
      await services.db
        .select()
        .from(users)
        .where(eq(users.email, emailOf(username))),
    ).toHaveLength(1);
    expect(
      await services.db
        .select()
        .from(identities)
        .where(eq(identities.providerAccountId, `github-${count}`)),
    ).toHaveLength(1);
  });

  it('is disconnected again, unless it is the only way in', async () => {
    const ada = await signedInAccount(services, username);
    await expect(disconnectProvider(ada, 'github')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await arrive(person(), ada);
    expect((await disconnectProvider(ada, 'github')).providers).toEqual([]);
    username = `lonely-${count}`;
    const lonely = await accountOf(person({ providerAccountId: `lonely-${count}` }));
    await expect(disconnectProvider(lonely, 'github')).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await getAccount(lonely)).providers).toEqual(['github']);
  });
});
