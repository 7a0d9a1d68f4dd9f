import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@/lib/core/ids';
import { hashPassword, passwordMatches } from '@/lib/domain/accounts/password-hash';
import { signUpInput } from '@/lib/domain/accounts/schema';
import { signUp } from '@/lib/domain/accounts/sign-up';
import { users } from '@/lib/domain/accounts/tables';
import { activityEvents } from '@/lib/domain/activity/tables';
import type { Services } from '@/lib/domain/context';
import { createTestContext, type TestContext } from '@/lib/domain/test-support/test-context';
import { members, workspaces } from '@/lib/domain/workspaces/tables';

const password = 'a long and private sentence';

describe('signUp', () => {
  let test: TestContext;
  let services: Services & { requestId: string };

  beforeAll(async () => {
    test = await createTestContext();
    services = { ...test.services, requestId: newId('request') };
  });
  afterAll(() => test.close());

  it('makes a person, their workspace, their membership and the first event together', async () => {
    const made = await signUp(services, { email: 'Ada@Example.com', password, username: 'ada-lovelace' });
    expect(made).toMatchObject({ email: 'Ada@Example.com', username: 'ada-lovelace', displayName: 'ada-lovelace' });
    expect(made).toMatchObject({ hasPassword: true, emailVerified: false, isAdmin: false, plan: 'free' });
    const [member] = await services.db.select().from(members).where(eq(members.userId, made.id));
    expect(member.role).toBe('owner');
    const [workspace] = await services.db.select().from(workspaces).where(eq(workspaces.id, member.workspaceId));
    expect(workspace).toMatchObject({ slug: 'ada-lovelace', kind: 'personal', plan: 'free' });
    const events = await services.db
      .select()
      .from(activityEvents)
      .where(eq(activityEvents.workspaceId, member.workspaceId));
    expect(events).toMatchObject([{ action: 'created', resourceType: 'onboarding', userId: made.id }]);
  });

  it('keeps argon2id of the password and nothing else of it', async () => {
    const [row] = await services.db.select().from(users).where(eq(users.email, 'Ada@Example.com'));
    expect(row.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(row)).not.toContain(password);
    expect(await passwordMatches(row.passwordHash, password)).toBe(true);
    expect(await passwordMatches(row.passwordHash, `${password} `)).toBe(false);
  });

  it('refuses an e-mail address in any capitalisation, and a taken name, and leaves nothing of the attempt', async () => {
    const before = await services.db.select().from(users);
    await expect(
      signUp(services, { email: 'ada@EXAMPLE.com', password, username: 'somebody-else' }),
    ).rejects.toMatchObject({ code: 'CONFLICT', issues: [{ path: 'email' }] });
    await expect(
      signUp(services, { email: 'other@example.com', password, username: 'ada-lovelace' }),
    ).rejects.toMatchObject({ code: 'CONFLICT', issues: [{ path: 'username' }] });
    expect(await services.db.select().from(users)).toHaveLength(before.length);
    expect(await services.db.select().from(workspaces).where(eq(workspaces.slug, 'somebody-else'))).toEqual([]);
  });

  it('lets one of many at once have a name', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, (_, index) =>
        signUp(services, { email: `racer-${index}@example.com`, password, username: 'only-one' }),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const losers = await services.db.select().from(users).where(eq(users.displayName, 'only-one'));
    expect(losers).toHaveLength(1);
  });

  it('lets one of many at once have an e-mail address', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, (_, index) =>
        signUp(services, { email: 'same@example.com', password, username: `racer-${index}` }),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await services.db.select().from(workspaces).where(eq(workspaces.slug, 'racer-0'))).toHaveLength(
      tries[0].status === 'fulfilled' ? 1 : 0,
    );
  });

  it.each(['password123', 'ADA.2@example.com', 'grace-hopper', 'aaaaaaaaaaaa', 'Iloveyou1'])(
    'refuses the password %s, which is guessed first',
    async (weak) => {
      const attempt = signUp(services, { email: 'ada.2@example.com', password: weak, username: 'grace-hopper' });
      await expect(attempt).rejects.toMatchObject({ code: 'VALIDATION_ERROR', issues: [{ path: 'password' }] });
    },
  );

  it('writes no password to the log or into an error', async () => {
    const error = await signUp(services, { email: 'same@example.com', password, username: 'log-reader' }).catch(String);
    expect(`${error}${test.logged.join('')}`).not.toContain(password);
  });
});

describe('the first account of an empty server', () => {
  it('becomes its administrator, and no other does, however many sign up at once', async () => {
    const test = await createTestContext();
    try {
      await test.services.db.delete(workspaces);
      await test.services.db.delete(users);
      const services = { ...test.services, requestId: newId('request') };
      const made = await Promise.all(
        Array.from({ length: 4 }, (_, index) =>
          signUp(services, { email: `first-${index}@example.com`, password, username: `first-${index}` }),
        ),
      );
      expect(made.filter(({ isAdmin }) => isAdmin)).toHaveLength(1);
    } finally {
      await test.close();
    }
  });
});

describe('signUpInput', () => {
  const input = { email: 'ada@example.com', password, username: 'ada-lovelace' };

  it.each([
    'abc',
    'a'.repeat(33),
    '-ada',
    'ada-',
    'ada--lovelace',
    'Ada-Lovelace',
    'ada_lovelace',
    'ädam',
    'settings',
    'admin',
  ])('refuses the user name %s', (username) => {
    expect(signUpInput.safeParse({ ...input, username }).success).toBe(false);
  });

  it.each(['adam', 'a-1-b', 'a'.repeat(32), '1234'])('takes the user name %s', (username) => {
    expect(signUpInput.safeParse({ ...input, username }).success).toBe(true);
  });

  it('refuses passwords outside 8 to 256 characters and what is no e-mail address', () => {
    expect(signUpInput.safeParse({ ...input, password: '1234567' }).success).toBe(false);
    expect(signUpInput.safeParse({ ...input, password: 'x'.repeat(257) }).success).toBe(false);
    expect(signUpInput.safeParse({ ...input, email: 'ada@example.com\r\nBcc: x@example.com' }).success).toBe(false);
    expect(signUpInput.safeParse({ ...input, email: 'ada\u0000@example.com' }).success).toBe(false);
  });
});

describe('passwordMatches', () => {
  it('takes a password typed on another keyboard for the same', async () => {
    expect(await passwordMatches(await hashPassword('caf\u00e9 au lait'), 'cafe\u0301 au lait')).toBe(true);
  });

  it('matches nothing where there is no account', async () => {
    expect(await passwordMatches(null, '')).toBe(false);
  });
});
