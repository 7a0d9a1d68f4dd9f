import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@/lib/core/ids';
import { beginTwoFactor } from '@/lib/domain/accounts/begin-two-factor';
import { confirmTwoFactor } from '@/lib/domain/accounts/confirm-two-factor';
import { disableTwoFactor } from '@/lib/domain/accounts/disable-two-factor';
import { getAccount } from '@/lib/domain/accounts/get-account';
import { regenerateRecoveryCodes } from '@/lib/domain/accounts/regenerate-recovery-codes';
import { signIn } from '@/lib/domain/accounts/sign-in';
import { recoveryCodes, users } from '@/lib/domain/accounts/tables';
import {
  authenticator,
  emailOf,
  firefox,
  password,
  signedInAccount,
  withTwoFactor,
} from '@/lib/domain/accounts/test-support/signed-in-account';
import { actingUserId, type Services } from '@/lib/domain/context';
import { createTestContext, type TestContext, withKey } from '@/lib/domain/test-support/test-context';

describe('two-factor sign-in', () => {
  let test: TestContext;
  let services: Services;
  let count = 0;
  let now: Date;

  beforeAll(async () => {
    test = await createTestContext();
    services = test.services;
  });
  afterAll(() => test.close());
  beforeEach(() => {
    count += 1;
    setNow(new Date(Date.UTC(2030, 0, 1, count * 24)));
  });

  function setNow(date: Date) {
    now = date;
    test.setNow(date);
  }
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  const attempt = (username: string, code: string, device = firefox) =>
    signIn(services, { email: emailOf(username), password, code }, device);

  it('is on only after a code of the new secret, which is kept sealed', async () => {
    const context = await signedInAccount(services, 'begins');
    const { secret, uri, qrSvg } = await beginTwoFactor(context);
    expect(uri).toContain(`secret=${secret}`);
    expect(qrSvg).toMatch(/^<svg/);
    expect(await attempt('begins', '')).toMatchObject({ kind: 'signed-in' });
    await expect(confirmTwoFactor(context, { code: '000000' })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    expect((await getAccount(context)).twoFactor.enabled).toBe(false);
    const { recoveryCodes: codes } = await confirmTwoFactor(context, { code: authenticator(uri)(now) });
    expect(new Set(codes)).toHaveProperty('size', 10);
    expect((await getAccount(context)).twoFactor).toEqual({ enabled: true, recoveryCodesLeft: 10 });
    const rows = JSON.stringify([
      await services.db.select().from(users),
      await services.db.select().from(recoveryCodes),
    ]);
    for (const plain of [secret, ...codes, ...codes.map((code) => code.replace('-', ''))]) {
      expect(rows).not.toContain(plain);
    }
  });

  it('asks for a code only after the right password', async () => {
    const context = await signedInAccount(services, 'asked');
    await withTwoFactor(context);
    expect(await attempt('asked', '')).toEqual({ kind: 'refused', reason: 'second-factor-needed' });
    const wrong = await signIn(services, { email: emailOf('asked'), password: 'wrong', code: '' }, firefox);
    expect(wrong).toEqual({ kind: 'refused', reason: 'wrong-credentials' });
  });

  it('takes each code once: not the one that turned it on, not twice, not twice at once', async () => {
    const context = await signedInAccount(services, 'replayed');
    const { codeAt } = await withTwoFactor(context);
    expect(await attempt('replayed', codeAt(now))).toEqual({ kind: 'refused', reason: 'second-factor-wrong' });
    setNow(later(30));
    const code = codeAt(now);
    const both = await Promise.all([attempt('replayed', code), attempt('replayed', code)]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['refused', 'signed-in']);
    expect(await attempt('replayed', code)).toEqual({ kind: 'refused', reason: 'second-factor-wrong' });
  });

  it('takes codes one step early or late, and none two steps off', async () => {
    const context = await signedInAccount(services, 'clocks');
    const { codeAt } = await withTwoFactor(context);
    setNow(later(600));
    for (const off of [-60, 60]) {
      expect(await attempt('clocks', codeAt(later(off)))).toMatchObject({ reason: 'second-factor-wrong' });
    }
    expect(await attempt('clocks', codeAt(later(-30)))).toMatchObject({ kind: 'signed-in' });
    expect(await attempt('clocks', codeAt(later(30)))).toMatchObject({ kind: 'signed-in' });
    // Older than the last accepted one, though its time has not passed.
    expect(await attempt('clocks', codeAt(now))).toMatchObject({ reason: 'second-factor-wrong' });
  });

  it('takes a recovery code once, however it is written, and nobody else’s', async () => {
    const context = await signedInAccount(services, 'recovers');
    const { recoveryCodes: codes } = await withTwoFactor(context);
    const other = await withTwoFactor(await signedInAccount(services, 'other-one'));
    expect(await attempt('recovers', other.recoveryCodes[0])).toMatchObject({ reason: 'second-factor-wrong' });
    const typed = ` ${codes[0].toUpperCase().replace('-', ' ')} `;
    expect(await attempt('recovers', typed)).toMatchObject({ kind: 'signed-in' });
    expect(await attempt('recovers', codes[0])).toMatchObject({ reason: 'second-factor-wrong' });
    expect((await getAccount(context)).twoFactor.recoveryCodesLeft).toBe(9);
  });

  it('stops guessing after ten wrong codes', async () => {
    const context = await signedInAccount(services, 'guessed');
    const { codeAt } = await withTwoFactor(context);
    for (let guess = 0; guess < 10; guess++) {
      expect(await attempt('guessed', '123456')).toMatchObject({ kind: 'refused' });
    }
    await expect(attempt('guessed', codeAt(later(30)))).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('goes off only with the password and a code, and takes the secret and the recovery codes along', async () => {
    const context = await signedInAccount(services, 'turns-off');
    const { codeAt } = await withTwoFactor(context);
    setNow(later(60));
    const disable = (secret: string, code: string) => disableTwoFactor(context, { password: secret, code });
    await expect(disable('wrong', codeAt(now))).rejects.toMatchObject({ issues: [{ path: 'password' }] });
    await expect(disable(password, '000000')).rejects.toMatchObject({ issues: [{ path: 'code' }] });
    expect((await disable(password, codeAt(now))).twoFactor).toEqual({ enabled: false, recoveryCodesLeft: 0 });
    const [row] = await services.db
      .select()
      .from(users)
      .where(eq(users.id, actingUserId(context)));
    expect(row).toMatchObject({ totpSecret: null, totpLastStep: null });
    await expect(disable(password, codeAt(later(30)))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await attempt('turns-off', '')).toMatchObject({ kind: 'signed-in' });
  });

  it('replaces recovery codes with a code of the authenticator, not with one of them', async () => {
    const context = await signedInAccount(services, 'renews');
    const { codeAt, recoveryCodes: old } = await withTwoFactor(context);
    setNow(later(60));
    await expect(regenerateRecoveryCodes(context, { code: old[0] })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
    });
    const { recoveryCodes: renewed } = await regenerateRecoveryCodes(context, { code: codeAt(now) });
    expect(await attempt('renews', old[0])).toMatchObject({ reason: 'second-factor-wrong' });
    expect(await attempt('renews', renewed[0])).toMatchObject({ kind: 'signed-in' });
  });

  it('cannot be begun while it is on, confirmed before it was begun, or changed by a key', async () => {
    const context = await signedInAccount(services, 'in-order');
    await expect(confirmTwoFactor(context, { code: '123456' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await withTwoFactor(context);
    await expect(beginTwoFactor(context)).rejects.toMatchObject({ code: 'CONFLICT' });
    const key = { ...withKey(context, []), requestId: newId('request') };
    await expect(beginTwoFactor(key)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(disableTwoFactor(key, { password, code: '123456' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
