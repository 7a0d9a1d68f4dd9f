import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@/lib/core/ids';
import { changeEmail } from '@/lib/domain/accounts/change-email';
import { changePassword } from '@/lib/domain/accounts/change-password';
import { completePasswordReset } from '@/lib/domain/accounts/complete-password-reset';
import { findSessionHolder } from '@/lib/domain/accounts/find-session-holder';
import { getAccount } from '@/lib/domain/accounts/get-account';
import { requestPasswordReset } from '@/lib/domain/accounts/request-password-reset';
import { sendPasswordReset } from '@/lib/domain/accounts/send-password-reset';
import { signIn } from '@/lib/domain/accounts/sign-in';
import { sweepAccounts } from '@/lib/domain/accounts/sweep-accounts';
import { passwordResets } from '@/lib/domain/accounts/tables';
import {
  emailOf,
  firefox,
  password,
  signedIn,
  signedInAccount,
  withTwoFactor,
} from '@/lib/domain/accounts/test-support/signed-in-account';
import { activityEvents } from '@/lib/domain/activity/tables';
import type { Context, Services } from '@/lib/domain/context';
import { sendMail } from '@/lib/domain/mail/send-mail';
import { mails } from '@/lib/domain/mail/tables';
import { createTestContext, type TestContext, withKey } from '@/lib/domain/test-support/test-context';
import type { Letter } from '@/lib/platform/mail/mailer';

const next = 'another private sentence';

describe('passwords', () => {
  let test: TestContext;
  let services: Services & { requestId: string };
  let ada: Context;
  let username: string;
  let count = 0;
  const delivered: Letter[] = [];

  beforeAll(async () => {
    test = await createTestContext();
    const mailer = { deliver: async (letter: Letter) => void delivered.push(letter), close: () => undefined };
    services = { ...test.services, mailer, requestId: newId('request') };
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    test.setNow(null);
    delivered.length = 0;
    count += 1;
    username = `person-${count}`;
    ada = await signedInAccount(services, username);
  });

  const attempt = (secret: string, email = emailOf(username)) =>
    signIn(services, { email, password: secret, code: '' }, firefox);
  const lives = async ({ actor }: Context) =>
    actor.kind === 'session' && (await findSessionHolder(services, actor.sessionId)) !== null;

  /** Sends all letters that wait, as the worker would. */
  async function deliverMails(): Promise<Letter[]> {
    for (const { id } of await services.db.select({ id: mails.id }).from(mails)) await sendMail(services, id);
    return delivered;
  }

  async function mailedToken(): Promise<string> {
    await sendPasswordReset(services, emailOf(username));
    const letters = (await deliverMails()).filter(({ to }) => to === emailOf(username));
    const link = letters.at(-1)?.text.match(/http:\/\/localhost:3000\/reset-password\?token=([0-9a-f]{64})\n/);
    if (!link) throw new Error('no letter with a link');
    return link[1];
  }

  describe('changePassword', () => {
    it('needs the current one, ends every other session and makes mailed links useless', async () => {
      const token = await mailedToken();
      const other = await signedIn(services, username);
      await expect(changePassword(ada, { currentPassword: 'wrong', newPassword: next })).rejects.toMatchObject({
        issues: [{ path: 'currentPassword' }],
      });
      expect(await lives(other)).toBe(true);
      expect(await changePassword(ada, { currentPassword: password, newPassword: next })).toEqual({ endedSessions: 1 });
      expect([await lives(ada), await lives(other)]).toEqual([true, false]);
      expect(await attempt(password)).toMatchObject({ kind: 'refused' });
      expect(await attempt(next)).toMatchObject({ kind: 'signed-in' });
      await expect(completePasswordReset(services, { token, password })).rejects.toMatchObject({
        code: 'VALIDATION_ERROR',
      });
    });

    it('refuses a weak one, a key, and guessing the current one through a borrowed browser', async () => {
      const change = (context: Context, currentPassword: string, newPassword: string) =>
        changePassword(context, { currentPassword, newPassword });
      await expect(change(ada, password, emailOf(username))).rejects.toMatchObject({
        issues: [{ path: 'newPassword' }],
      });
      await expect(change(withKey(ada, []), password, next)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      for (let guess = 0; guess < 10; guess++) {
        await expect(change(ada, `guess ${guess}`, next)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
      }
      await expect(change(ada, password, next)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
      expect(await attempt(password)).toMatchObject({ kind: 'signed-in' });
    });
  });

  describe('a mailed link', () => {
    it('is asked for with the same words whether or not there is an account, and looked up by a job', async () => {
      const known = await requestPasswordReset(services, { email: emailOf(username) });
      expect(await requestPasswordReset(services, { email: 'nobody@example.com' })).toEqual(known);
      expect(await services.db.select().from(passwordResets)).toEqual([]);
      await sendPasswordReset(services, 'nobody@example.com');
      expect(await deliverMails()).toEqual([]);
    });

    it('sets the password, proves the address, ends every session, and works once', async () => {
      const token = await mailedToken();
      expect(await completePasswordReset(services, { token, password: next })).toEqual({ email: emailOf(username) });
      expect(await lives(ada)).toBe(false);
      expect(await attempt(next)).toMatchObject({ kind: 'signed-in' });
      expect(await attempt(password)).toMatchObject({ kind: 'refused' });
      expect((await getAccount(ada)).emailVerified).toBe(true);
      await expect(completePasswordReset(services, { token, password })).rejects.toMatchObject({
        issues: [{ path: 'token' }],
      });
      const events = await services.db
        .select()
        .from(activityEvents)
        .where(eq(activityEvents.workspaceId, ada.workspaceId));
      expect(events.map(({ message }) => message)).toContain('Set a new password by a mailed link');
    });

    it('works for one of two at once', async () => {
      const token = await mailedToken();
      const both = await Promise.allSettled(
        [next, `${next} 2`].map((secret) => completePasswordReset(services, { token, password: secret })),
      );
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('dies after an hour, when the address changes, and when it is swept; a made-up one never lived', async () => {
      const token = await mailedToken();
      const complete = (word: string) => completePasswordReset(services, { token: word, password: next });
      test.setNow(new Date(Date.now() + 61 * 60 * 1000));
      await expect(complete(token)).rejects.toMatchObject({ issues: [{ path: 'token' }] });
      await sweepAccounts(services);
      expect(await services.db.select().from(passwordResets)).toEqual([]);
      test.setNow(null);
      const fresh = await mailedToken();
      await changeEmail(ada, { email: `new-${count}@example.com`, password });
      await expect(complete(fresh)).rejects.toMatchObject({ issues: [{ path: 'token' }] });
      await expect(complete('0'.repeat(64))).rejects.toMatchObject({ issues: [{ path: 'token' }] });
      await expect(complete('\u0000')).rejects.toMatchObject({ issues: [{ path: 'token' }] });
    });

    it('survives a weak password and leaves the second factor on', async () => {
      await withTwoFactor(ada);
      const token = await mailedToken();
      await expect(completePasswordReset(services, { token, password: emailOf(username) })).rejects.toMatchObject({
        issues: [{ path: 'password' }],
      });
      await completePasswordReset(services, { token, password: next });
      expect(await attempt(next)).toEqual({ kind: 'refused', reason: 'second-factor-needed' });
    });

    it('is kept as a hash, its letter sealed, then emptied; neither it nor a password is logged', async () => {
      await sendPasswordReset(services, emailOf(username));
      const [letter] = await services.db
        .select()
        .from(mails)
        .where(eq(mails.to, emailOf(username)));
      expect(letter.sealedText).not.toContain('token');
      const token = await mailedToken();
      const rows = JSON.stringify([
        await services.db.select().from(passwordResets),
        await services.db.select().from(mails),
      ]);
      expect(rows).not.toContain(token);
      const [sent] = await services.db.select().from(mails).where(eq(mails.id, letter.id));
      expect(sent).toMatchObject({ sealedText: '', sentAt: expect.any(Date) });
      const log = test.logged.join('');
      for (const word of [token, password, next]) expect(log).not.toContain(word);
    });

    it('is written at most ten times in a quarter of an hour', async () => {
      for (let letter = 0; letter < 13; letter++) await sendPasswordReset(services, emailOf(username));
      expect((await deliverMails()).filter(({ to }) => to === emailOf(username))).toHaveLength(10);
    });
  });

  describe('changeEmail', () => {
    it('needs the password, tells the old address, and makes the new one unproven', async () => {
      await completePasswordReset(services, { token: await mailedToken(), password: next });
      delivered.length = 0;
      const email = `moved-${count}@example.com`;
      await expect(changeEmail(ada, { email, password })).rejects.toMatchObject({ issues: [{ path: 'password' }] });
      expect(await changeEmail(ada, { email, password: next })).toMatchObject({ email, emailVerified: false });
      expect(await deliverMails()).toMatchObject([{ to: emailOf(username), text: expect.stringContaining(email) }]);
      expect(await attempt(next)).toMatchObject({ kind: 'refused' });
      expect(await attempt(next, email)).toMatchObject({ kind: 'signed-in' });
    });

    it('gives one of two at once an address, and nobody a taken one', async () => {
      const rival = await signedInAccount(services, `rival-${count}`);
      const email = `wanted-${count}@example.com`;
      const both = await Promise.allSettled([ada, rival].map((context) => changeEmail(context, { email, password })));
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const loser = both[0].status === 'rejected' ? ada : rival;
      await expect(changeEmail(loser, { email: email.toUpperCase(), password })).rejects.toMatchObject({
        code: 'CONFLICT',
        issues: [{ path: 'email' }],
      });
    });
  });
});
