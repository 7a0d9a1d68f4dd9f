import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@/lib/core/ids';
import { changePassword } from '@/lib/domain/accounts/change-password';
import { ensureInitialAccount, type InitialAccount } from '@/lib/domain/accounts/ensure-initial-account';
import { findAccountByEmail } from '@/lib/domain/accounts/repository';
import { signIn } from '@/lib/domain/accounts/sign-in';
import { users } from '@/lib/domain/accounts/tables';
import { firefox, sessionContext } from '@/lib/domain/accounts/test-support/signed-in-account';
import { findKeyHolder } from '@/lib/domain/api-keys/find-key-holder';
import { revokeApiKey } from '@/lib/domain/api-keys/revoke-api-key';
import { createTestContext, type TestContext } from '@/lib/domain/test-support/test-context';
import { workspaces } from '@/lib/domain/workspaces/tables';

const initial: InitialAccount = {
  email: 'operator@example.com',
  password: 'chosen by the operator',
  username: 'operator',
  apiKey: `ul_${'0123456789'.repeat(4)}`,
  plan: 'enterprise',
};

describe('ensureInitialAccount', () => {
  let test: TestContext;

  beforeAll(async () => {
    test = await createTestContext();
    await test.services.db.delete(workspaces);
    await test.services.db.delete(users);
  });
  afterAll(() => test.close());

  const attempt = (password: string) => signIn(test.services, { email: initial.email, password, code: '' }, firefox);

  it('makes the account and its key once, however many nodes start at once', async () => {
    await Promise.all(Array.from({ length: 4 }, () => ensureInitialAccount(test.services, initial)));
    expect(await test.services.db.select().from(users)).toHaveLength(1);
    const account = await findAccountByEmail(test.services.db, initial.email);
    expect(account).toMatchObject({ username: 'operator', plan: 'enterprise', user: { isAdmin: true } });
    expect(await findKeyHolder(test.services, initial.apiKey ?? '')).toMatchObject({
      workspaceId: account?.workspaceId,
      plan: 'enterprise',
      scopes: [],
    });
    expect(await attempt(initial.password)).toMatchObject({ kind: 'signed-in' });
  });

  it('leaves a changed password and a revoked key as they are at the next start', async () => {
    const outcome = await attempt(initial.password);
    if (outcome.kind !== 'signed-in') throw new Error('refused');
    const context = await sessionContext(test.services, outcome.sessionId);
    await changePassword(context, { currentPassword: initial.password, newPassword: 'changed by its owner' });
    const holder = await findKeyHolder(test.services, initial.apiKey ?? '');
    await revokeApiKey(context, holder?.id ?? '');
    await ensureInitialAccount(test.services, initial);
    expect(await attempt('changed by its owner')).toMatchObject({ kind: 'signed-in' });
    expect(await attempt(initial.password)).toMatchObject({ kind: 'refused' });
    expect(await findKeyHolder(test.services, initial.apiKey ?? '')).toBeNull();
  });

  it('takes what stands before the @ for a user name, and adds a missing key to an account there is', async () => {
    const second = { ...initial, email: 'robot.arm@example.com', username: undefined, apiKey: undefined };
    await ensureInitialAccount(test.services, second);
    const account = await findAccountByEmail(test.services.db, second.email);
    expect(account).toMatchObject({ username: 'robot-arm', user: { isAdmin: false } });
    const apiKey = `ul_${'f'.repeat(40)}`;
    await ensureInitialAccount(test.services, { ...second, apiKey });
    expect(await findKeyHolder(test.services, apiKey)).toMatchObject({ workspaceId: account?.workspaceId });
  });

  it('says so when the name or the key is another account’s, and leaves no account behind', async () => {
    const third = { ...initial, email: 'third@example.com' };
    await expect(ensureInitialAccount(test.services, third)).rejects.toMatchObject({
      issues: [{ path: 'username' }],
    });
    expect(await test.services.db.select().from(users).where(eq(users.email, third.email))).toEqual([]);
    const fourth = { ...third, username: `name-${newId('user').slice(5, 12)}` };
    await expect(ensureInitialAccount(test.services, fourth)).rejects.toThrow('another account');
  });
});
