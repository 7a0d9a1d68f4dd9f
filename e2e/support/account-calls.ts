import { expect } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import type { OpenIdProvider } from '@/lib/http/test-support/openid-provider';
import { freshAccount } from './accounts';
import { type ApiReply, callApi } from './api';
import { headersOf, openBrowser, type SessionHeaders, sessionHeaders, signIn } from './browser-session';
import { type OperationTable, refused } from './operation-table';

/** Somebody whose account the calls change as they go. */
export type Person = { email: string; password: string; readonly headers: SessionHeaders };

/** Calls about an account and its sessions. `admin` reads the letters, `narrowKey` may do nothing here. */
export function accountCalls(
  person: Person,
  admin: SessionHeaders,
  narrowKey: string,
  provider: OpenIdProvider,
): OperationTable {
  const { headers } = person;
  const bySession = (method: string, path: string, json?: unknown) =>
    callApi(method, path, { key: null, headers, json });
  const byNobody = (path: string, json: unknown) => callApi('POST', path, { key: null, json });
  const newcomer = freshAccount();
  const path = '/api/account';
  return {
    signUp: {
      success: () => byNobody(`${path}/sign-up`, newcomer),
      refusal: refused('VALIDATION_ERROR', () => byNobody(`${path}/sign-up`, { ...newcomer, email: 'nobody' })),
    },
    requestPasswordReset: {
      success: () => byNobody(`${path}/password-reset`, { email: person.email }),
      refusal: refused('VALIDATION_ERROR', () => byNobody(`${path}/password-reset`, { email: 7 })),
    },
    completePasswordReset: {
      success: async () => {
        const forgetful = freshAccount();
        await byNobody(`${path}/sign-up`, forgetful);
        await byNobody(`${path}/password-reset`, { email: forgetful.email });
        const token = await mailedToken(admin, forgetful.email);
        return byNobody(`${path}/password-reset/complete`, { token, password: 'another long sentence' });
      },
      refusal: refused('VALIDATION_ERROR', () =>
        byNobody(`${path}/password-reset/complete`, { token: 'f'.repeat(64), password: 'another long sentence' }),
      ),
    },
    getAccount: {
      success: () => callApi('GET', path),
      refusal: refused('FORBIDDEN', () => callApi('GET', path, { key: narrowKey })),
    },
    updateAccount: {
      success: () => bySession('PATCH', path, { displayName: 'Grace' }),
      refusal: refused('VALIDATION_ERROR', () => bySession('PATCH', path, { displayName: '' })),
    },
    changeEmail: {
      success: async () => {
        const { email } = freshAccount();
        const reply = await bySession('POST', `${path}/email`, { email, password: person.password });
        person.email = email;
        return reply;
      },
      refusal: refused('VALIDATION_ERROR', () =>
        bySession('POST', `${path}/email`, { email: 'grace@example.com', password: 'wrong' }),
      ),
    },
    changePassword: {
      success: async () => {
        const newPassword = 'yet another long sentence';
        const json = { currentPassword: person.password, newPassword };
        const reply = await bySession('POST', `${path}/password`, json);
        person.password = newPassword;
        return reply;
      },
      refusal: refused('VALIDATION_ERROR', () =>
        bySession('POST', `${path}/password`, { currentPassword: person.password, newPassword: 'short' }),
      ),
    },
    listSessions: {
      success: () => bySession('GET', `${path}/sessions`),
      refusal: refused('FORBIDDEN', () => callApi('GET', `${path}/sessions`)),
    },
    revokeSession: {
      success: async () => {
        await sessionHeaders(person);
        const { body } = await bySession('GET', `${path}/sessions`);
        const other = body.data.find((session: { current: boolean }) => !session.current);
        return bySession('DELETE', `${path}/sessions/${other.id}`);
      },
      refusal: refused('NOT_FOUND', () => bySession('DELETE', `${path}/sessions/session_nobody`)),
    },
    revokeOtherSessions: {
      success: () => bySession('DELETE', `${path}/sessions`),
      refusal: refused('FORBIDDEN', () =>
        callApi('DELETE', `${path}/sessions`, { key: null, headers: { ...headers, 'sec-fetch-site': 'cross-site' } }),
      ),
    },
    disconnectProvider: {
      success: async () => {
        const browserHeaders = await connectProvider(person, provider);
        return callApi('DELETE', `${path}/providers/oidc`, { key: null, headers: browserHeaders });
      },
      refusal: refused('NOT_FOUND', () => bySession('DELETE', `${path}/providers/google`)),
    },
    checkUsername: {
      success: () => callApi('GET', `${path}/username?username=${newcomer.username}`, { key: null }),
      refusal: refused('VALIDATION_ERROR', () => callApi('GET', `${path}/username`, { key: null })),
    },
  };
}

/** The token of the letter, as an administrator reads it on a server that sends no mail. */
async function mailedToken(admin: SessionHeaders, email: string): Promise<string> {
  let token: string | undefined;
  await expect
    .poll(async () => {
      const { body } = await callApi('GET', '/api/admin/mails', { key: null, headers: admin });
      const letter = body.data.find(({ to }: { to: string }) => to === email);
      token = /token=(\w+)/.exec(letter?.text ?? '')?.[1];
      return token;
    }, 'the letter with the link is written')
    .toBeDefined();
  return token ?? '';
}

/** Signs somebody in, connects a provider's account to theirs, and gives what this browser sends. */
async function connectProvider(
  account: Pick<Person, 'email' | 'password'>,
  provider: OpenIdProvider,
): Promise<SessionHeaders> {
  provider.setClaims({ sub: account.email, email: account.email, email_verified: true });
  const browser = await openBrowser();
  try {
    await signIn(browser, account);
    const { csrfToken } = await (await browser.get('/api/auth/csrf')).json();
    const begun = await browser.post('/api/auth/signin/oidc', { form: { csrfToken, json: 'true' } });
    const back = provider.agree((await begun.json()).url);
    await browser.get(`${back.pathname}${back.search}`, { maxRedirects: 0 });
    return await headersOf(browser);
  } finally {
    await browser.dispose();
  }
}

/** Calls about the second factor, which is on at their end. */
export function twoFactorCalls(person: Person): OperationTable {
  const { headers } = person;
  const path = '/api/account/two-factor';
  const post = (where: string, json?: unknown) => callApi('POST', `${path}${where}`, { key: null, headers, json });
  let recoveryCodes: readonly string[] = [];
  let secret = '';
  async function turnOn(): Promise<ApiReply> {
    const { body } = await post('');
    secret = body.data.secret;
    const reply = await post('/confirm', { code: codeOf(secret, 0) });
    recoveryCodes = reply.body.data?.recoveryCodes ?? [];
    return reply;
  }
  return {
    beginTwoFactor: { success: () => post(''), refusal: refused('FORBIDDEN', () => callApi('POST', path)) },
    confirmTwoFactor: {
      success: turnOn,
      refusal: refused('VALIDATION_ERROR', () => post('/confirm', { code: '1' })),
    },
    disableTwoFactor: {
      success: () => post('/disable', { password: person.password, code: recoveryCodes[0] }),
      refusal: refused('VALIDATION_ERROR', () => post('/disable', { password: 'wrong', code: '000000' })),
    },
    regenerateRecoveryCodes: {
      success: async () => {
        await turnOn();
        // The code that turned it on is used up; that of the next half minute is taken already.
        return post('/recovery-codes', { code: codeOf(secret, 30) });
      },
      refusal: refused('VALIDATION_ERROR', () => post('/recovery-codes', {})),
    },
  };
}

function codeOf(secret: string, secondsFromNow: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + secondsFromNow * 1000 });
}
