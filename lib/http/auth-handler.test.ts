import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { env } from '@/lib/core/env';
import { findSessionHolder } from '@/lib/domain/accounts/find-session-holder';
import { revokeOtherSessions } from '@/lib/domain/accounts/revoke-other-sessions';
import { sessions, users } from '@/lib/domain/accounts/tables';
import {
  emailOf,
  password,
  signedInAccount,
  withTwoFactor,
} from '@/lib/domain/accounts/test-support/signed-in-account';
import type { Context, Services } from '@/lib/domain/context';
import { createTestContext, type TestContext } from '@/lib/domain/test-support/test-context';
import { handleAuth } from '@/lib/http/auth-handler';
import { readSessionId } from '@/lib/http/session-cookie';
import { type OpenIdProvider, startOpenIdProvider } from '@/lib/http/test-support/openid-provider';
import { TestBrowser } from '@/lib/http/test-support/test-browser';

const clientId = 'sightline-test';

describe('signing in over HTTP', () => {
  let test: TestContext;
  let services: Services;
  let provider: OpenIdProvider;
  let ada: Context;
  let username: string;
  let browser: TestBrowser;
  let count = 0;

  beforeAll(async () => {
    test = await createTestContext();
    services = test.services;
    provider = await startOpenIdProvider(clientId);
  });
  afterAll(async () => {
    await provider.close();
    await test.close();
  });
  beforeEach(async () => {
    count += 1;
    // Attempts of one test are not to count in the next.
    test.setNow(new Date(Date.now() + count * 25 * 60 * 60 * 1000));
    username = `person-${count}`;
    ada = await signedInAccount(services, username);
    browser = open();
  });

  const settings = () => ({
    ...env,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: 'a secret of the provider',
  });
  const open = (origin?: string) =>
    new TestBrowser(services, origin === undefined ? settings() : { ...settings(), SIGHTLINE_URL: origin }, origin);
  const signIn = (fields: Record<string, string> = {}, at = browser) =>
    at.signIn({ email: emailOf(username), password, ...fields });

  async function sessionOf({ cookies, origin }: TestBrowser): Promise<string | null> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const sid = await readSessionId(services, { headers: new Headers({ cookie }) }, origin);
    return sid !== null && (await findSessionHolder(services, sid)) !== null ? sid : null;
  }

  describe('with e-mail and password', () => {
    it('gives a cookie that scripts cannot read and that names a session of ours', async () => {
      const reply = await browser.post('/api/auth/callback/credentials', { email: emailOf(username), password });
      const [line] = reply.headers.getSetCookie().filter((cookie) => cookie.startsWith('sightline.session='));
      expect(line).toMatch(/; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
      expect(await sessionOf(browser)).toMatch(/^session_/);
      const sealed = browser.cookies.get('sightline.session') ?? '';
      expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain(username);
    });

    it('insists on https over https, for every cookie', async () => {
      const secure = open('https://vision.example.com');
      expect(await signIn({}, secure)).toBeNull();
      expect(await sessionOf(secure)).not.toBeNull();
      const reply = await secure.post('/api/auth/callback/credentials', { email: emailOf(username), password });
      const lines = [...reply.headers.getSetCookie(), ...(await secure.get('/api/auth/csrf')).headers.getSetCookie()];
      for (const line of lines) expect(line).toContain('; Secure');
      expect(lines.join()).toMatch(/__Host-sightline\.session=.*Path=\//);
      expect(lines.join()).not.toContain('Domain=');
    });

    it.each([
      ['a wrong password', { password: 'wrong' }, 'wrong-credentials'],
      ['an unknown address', { email: 'nobody@example.com' }, 'wrong-credentials'],
      ['no password', { password: '' }, 'wrong-credentials'],
      ['bytes that no database takes', { email: 'a\u0000@example.com' }, 'wrong-credentials'],
      ['a ticket of nobody', { ticket: 'abc', code: '123456' }, 'ticket-expired'],
    ])('answers %s with its code and no session', async (_, fields, code) => {
      expect(await signIn(fields)).toBe(code);
      expect(browser.cookies.has('sightline.session')).toBe(false);
    });

    it('asks for the second factor by code, and takes it', async () => {
      const { recoveryCodes } = await withTwoFactor(ada);
      expect(await signIn()).toBe('second-factor-needed');
      expect(await signIn({ code: '000000' })).toBe('second-factor-wrong');
      expect(await signIn({ code: recoveryCodes[0] })).toBeNull();
      expect(await sessionOf(browser)).not.toBeNull();
    });

    it('says how long to wait after too many attempts at an account', async () => {
      for (let guess = 0; guess < 10; guess++) expect(await signIn({ password: 'wrong' })).toBe('wrong-credentials');
      expect(await signIn()).toMatch(/^too-many-attempts:\d+$/);
    });

    it('counts attempts of an address at many accounts together', async () => {
      const codes: (string | null)[] = [];
      for (let guess = 0; guess < 25; guess++) codes.push(await signIn({ email: `guess-${guess}@example.com` }));
      expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(20);
      expect(codes.at(-1)).toMatch(/^too-many-attempts:\d+$/);
    });

    it('gives a new session each time, and ends the one before: none can be planted', async () => {
      await signIn();
      const planted = browser.cookies.get('sightline.session') ?? '';
      const first = await sessionOf(browser);
      const victim = open();
      victim.cookies.set('sightline.session', planted);
      expect(await signIn({}, victim)).toBeNull();
      expect(await sessionOf(victim)).not.toBe(first);
      expect(await sessionOf(browser)).toBeNull();
    });
  });

  describe('requests that our page did not send', () => {
    const sessionRows = () => services.db.select().from(sessions);

    it('are refused without the CSRF token of this browser', async () => {
      const rows = await sessionRows();
      const fields = { email: emailOf(username), password };
      for (const csrfToken of ['', 'f'.repeat(64)]) {
        const reply = await browser.post('/api/auth/callback/credentials', { ...fields, csrfToken });
        expect(await reply.text()).toContain('csrf=true');
      }
      expect(browser.cookies.has('sightline.session')).toBe(false);
      expect(await sessionRows()).toHaveLength(rows.length);
    });

    it('are refused from another site even with it', async () => {
      const rows = await sessionRows();
      for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
        const reply = await browser.post(
          '/api/auth/callback/credentials',
          { email: emailOf(username), password },
          headers,
        );
        expect(reply.status).toBe(403);
      }
      expect(await sessionRows()).toHaveLength(rows.length);
    });

    it('cannot sign anybody out', async () => {
      await signIn();
      expect((await browser.post('/api/auth/signout', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
      await browser.post('/api/auth/signout', { csrfToken: 'f'.repeat(64) });
      expect(await sessionOf(browser)).not.toBeNull();
    });

    it('that are too large are refused before they are read', async () => {
      const reply = await browser.post('/api/auth/callback/credentials', { password: 'x'.repeat(20_000) });
      expect(reply.status).toBe(413);
    });

    it('cannot write to the log', async () => {
      test.logged.length = 0;
      const reply = await browser.post('/api/auth/_log', {
        level: 'error',
        code: 'forged-line',
        message: 'forged-line',
      });
      expect(reply.status).toBe(204);
      expect(test.logged.join('')).not.toContain('forged-line');
    });

    it.each([
      '//evil.example',
      'https://evil.example/',
      '/\\evil.example',
      'http://localhost:3000.evil.example',
      '@evil.example',
    ])('lead to no other site: %s', async (callbackUrl) => {
      const reply = await browser.post('/api/auth/callback/credentials', {
        email: emailOf(username),
        password,
        callbackUrl,
      });
      const { url } = (await reply.json().catch(() => ({ url: 'http://localhost:3000' }))) as { url?: string };
      expect(new URL(url ?? '/', 'http://localhost:3000').origin).toBe('http://localhost:3000');
    });
  });

  describe('signed in', () => {
    it('tells the page nothing but that there is a session', async () => {
      await signIn();
      expect(await (await browser.get('/api/auth/session')).json()).toEqual({ expires: expect.any(String) });
    });

    it('is over once the session is revoked elsewhere, and the cookie goes', async () => {
      await signIn();
      await revokeOtherSessions(ada);
      expect(await sessionOf(browser)).toBeNull();
      expect(await (await browser.get('/api/auth/session')).json()).toEqual({});
      expect(browser.cookies.has('sightline.session')).toBe(false);
    });

    it('is over after signing out, also for a copy of the cookie', async () => {
      await signIn();
      const copy = open();
      copy.cookies.set('sightline.session', browser.cookies.get('sightline.session') ?? '');
      await browser.post('/api/auth/signout', {});
      expect(browser.cookies.has('sightline.session')).toBe(false);
      expect(await sessionOf(copy)).toBeNull();
    });
  });

  describe('with a provider', () => {
    async function authorise(at = browser): Promise<URL> {
      const reply = await at.post('/api/auth/signin/oidc', { callbackUrl: '/projects' });
      const { url } = (await reply.json()) as { url: string };
      return provider.agree(url);
    }
    const arrive = (back: URL, at = browser) => at.get(`${back.pathname}${back.search}`);

    it('signs somebody new in, whose address the provider proves', async () => {
      provider.setClaims({ sub: `new-${count}`, email: `new-${count}@example.com`, email_verified: true, name: 'New' });
      const back = await authorise();
      expect(back.href).toContain('http://localhost:3000/api/auth/callback/oidc?');
      const reply = await arrive(back);
      expect(reply.headers.get('location')).toBe('http://localhost:3000/projects');
      expect(await sessionOf(browser)).not.toBeNull();
    });

    it.each([
      ['whose address it does not prove', { email_verified: false }, 'email-unverified'],
      ['who has an account with an unproven address', { email_verified: true }, 'account-exists'],
    ])('sends somebody %s back with a code', async (_, claims, code) => {
      const email = code === 'account-exists' ? emailOf(username) : `unproven-${count}@example.com`;
      provider.setClaims({ sub: `refused-${count}`, email, ...claims });
      const reply = await arrive(await authorise());
      expect(reply.headers.get('location')).toBe(`/sign-in?error=${code}`);
      expect(await sessionOf(browser)).toBeNull();
    });

    it('connects to whoever is signed in, and asks for their second factor the next time', async () => {
      await signIn();
      const { recoveryCodes } = await withTwoFactor(ada);
      provider.setClaims({ sub: `joined-${count}` });
      await arrive(await authorise());
      expect(await sessionOf(browser)).not.toBeNull();
      const elsewhere = open();
      const reply = await arrive(await authorise(elsewhere), elsewhere);
      const back = new URL(reply.headers.get('location') ?? '', 'http://localhost:3000');
      expect(back.searchParams.get('error')).toBe('second-factor-needed');
      expect(await sessionOf(elsewhere)).toBeNull();
      const ticket = back.searchParams.get('ticket') ?? '';
      expect(await elsewhere.signIn({ ticket, code: recoveryCodes[0] })).toBeNull();
      expect(await sessionOf(elsewhere)).not.toBeNull();
    });

    it('takes no answer that another browser asked for, or that comes twice', async () => {
      provider.setClaims({ sub: `victim-${count}`, email: `victim-${count}@example.com`, email_verified: true });
      const stolen = open();
      expect((await arrive(await authorise(), stolen)).headers.get('location')).toContain('error=');
      expect(await sessionOf(stolen)).toBeNull();
      const back = await authorise();
      await arrive(back);
      const again = await arrive(back, open());
      expect(again.headers.get('location')).toContain('error=');
    });
  });

  it('writes no password, code, token or cookie to the log', async () => {
    await signIn({ password: 'a wrong password' });
    await signIn();
    provider.setClaims({ sub: 'x' });
    await browser.get('/api/auth/callback/oidc?code=secret-code&state=secret-state');
    const log = test.logged.join('');
    const hashes = (await services.db.select().from(users)).flatMap(({ passwordHash }) => passwordHash ?? []);
    for (const word of [
      password,
      'a wrong password',
      'secret-code',
      'secret-state',
      ...browser.cookies.values(),
      ...hashes,
    ]) {
      expect(log).not.toContain(word);
    }
  });

  it('tells every request its id', async () => {
    const request = new Request('http://localhost:3000/api/auth/csrf', { headers: { host: 'localhost:3000' } });
    const reply = await handleAuth(services, request, ['csrf']);
    expect(reply.headers.get('X-Request-Id')).toMatch(/^req_/);
    expect(reply.headers.get('Cache-Control')).toContain('no-store');
  });
});
