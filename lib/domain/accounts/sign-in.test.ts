import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@/lib/core/ids';
import { changePassword } from '@/lib/domain/accounts/change-password';
import { findSessionHolder } from '@/lib/domain/accounts/find-session-holder';
import { findAccountByEmail } from '@/lib/domain/accounts/repository';
import { signIn } from '@/lib/domain/accounts/sign-in';
import { startSession } from '@/lib/domain/accounts/start-session';
import { sessions, users } from '@/lib/domain/accounts/tables';
import { emailOf, firefox, password, signedInAccount } from '@/lib/domain/accounts/test-support/signed-in-account';
import type { Context, Services } from '@/lib/domain/context';
import { createTestContext, type TestContext } from '@/lib/domain/test-support/test-context';

describe('signIn', () => {
  let test: TestContext;
  let services: Services;
  let ada: Context;
  /** A time of its own for each test, so that attempts of one do not count in another. */
  let hour = 0;

  beforeAll(async () => {
    test = await createTestContext();
    services = test.services;
    ada = await signedInAccount(services, 'ada-lovelace');
  });
  afterAll(() => test.close());
  beforeEach(() => {
    hour += 48;
    test.setNow(new Date(Date.UTC(2030, 0, 1, hour)));
  });

  const attempt = (secret: string, device = firefox, email = emailOf('ada-lovelace')) =>
    signIn(services, { email, password: secret, code: '' }, device);

  it('begins a session of its own id with the right password, whatever the capitalisation of the address', async () => {
    const outcome = await attempt(password, firefox, 'ADA-lovelace@example.COM');
    expect(outcome).toMatchObject({ kind: 'signed-in', sessionId: expect.stringMatching(/^session_[a-z0-9]{20}$/) });
  });

  it('answers a wrong password, an unknown address and an account without a password alike', async () => {
    const refusal = { kind: 'refused', reason: 'wrong-credentials' };
    expect(await attempt('wrong')).toEqual(refusal);
    expect(await attempt(password, firefox, 'nobody@example.com')).toEqual(refusal);
    expect(await attempt(password, firefox, 'first@example.com')).toEqual(refusal);
  });

  it('works as long for an unknown address as for a known one', async () => {
    // Of the processors: a clock also measures what else the machine does.
    const work = async (email: string) => {
      const before = process.cpuUsage();
      await attempt('wrong', firefox, email);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    await work('warm-up@example.com');
    const known = await work(emailOf('ada-lovelace'));
    const unknown = await work('nobody-at-all@example.com');
    // Without the dummy hash it would be a tenth.
    expect(unknown).toBeGreaterThan(known * 0.4);
  });

  it('stops an address after ten wrong attempts at an account, also ten at once, and says how long', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 15 }, () => attempt('wrong')));
    expect(tries.filter(({ status }) => status === 'rejected')).toHaveLength(5);
    const refusal = await attempt(password).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) });
    test.setNow(new Date(Date.UTC(2030, 0, 1, hour, 45)));
    expect(await attempt(password)).toMatchObject({ kind: 'signed-in' });
  });

  it('does not count right passwords', async () => {
    for (let count = 0; count < 12; count++) expect(await attempt(password)).toMatchObject({ kind: 'signed-in' });
  });

  it('slows many addresses together down, but does not keep the owner out where they signed in before', async () => {
    const from = (index: number) => ({ ...firefox, address: `198.51.100.${index}` });
    for (let index = 0; index < 50; index++) await attempt('wrong', from(index));
    await expect(attempt('wrong', from(51))).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(attempt(password, from(52))).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(await attempt(password)).toMatchObject({ kind: 'signed-in' });
  });

  it('never takes over a session id that the browser brought, and ends the session it held', async () => {
    const planted = newId('session');
    const outcome = await attempt(password, { ...firefox, earlierSessionId: planted });
    if (outcome.kind !== 'signed-in') throw new Error('refused');
    expect(outcome.sessionId).not.toBe(planted);
    expect(await findSessionHolder(services, planted)).toBeNull();
    await attempt(password, { ...firefox, earlierSessionId: outcome.sessionId });
    expect(await findSessionHolder(services, outcome.sessionId)).toBeNull();
  });

  it('begins no session when the password changed between the proof and the session', async () => {
    const found = await findAccountByEmail(services.db, emailOf('ada-lovelace'));
    if (found === null) throw new Error('no account');
    const next = 'another private sentence';
    const current = await attempt(password);
    if (current.kind !== 'signed-in') throw new Error('refused');
    const actor = { kind: 'session', userId: found.user.id, sessionId: current.sessionId } as const;
    await changePassword({ ...ada, actor }, { currentPassword: password, newPassword: next });
    const before = await services.db.select().from(sessions);
    expect(await startSession(services, found.user, firefox)).toBeNull();
    expect(await services.db.select().from(sessions)).toHaveLength(before.length);
    await changePassword({ ...ada, actor }, { currentPassword: next, newPassword: password });
  });

  it('writes no password, hash or e-mail address to the log', async () => {
    const rows = await services.db.select().from(users);
    const log = test.logged.join('');
    for (const word of [password, 'wrong', ...rows.flatMap(({ passwordHash }) => passwordHash ?? [])]) {
      expect(log).not.toContain(word);
    }
  });
});
