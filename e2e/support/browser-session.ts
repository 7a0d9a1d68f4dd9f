import { request } from '@playwright/test';
import { origin } from './api';

/** What a browser that is signed in sends with each call of a page of ours. */
export type SessionHeaders = { readonly cookie: string; readonly origin: string; readonly 'sec-fetch-site': string };

type Browser = Awaited<ReturnType<typeof request.newContext>>;

/** A browser without pages, at an address of its own; whoever opens it disposes of it. */
export function openBrowser(): Promise<Browser> {
  const part = () => Math.floor(Math.random() * 256);
  // All journeys run on one machine; without this they would use up the attempts to sign in of one address together.
  const address = `198.18.${part()}.${part()}`;
  return request.newContext({
    baseURL: origin,
    extraHTTPHeaders: { origin, 'sec-fetch-site': 'same-origin', 'x-forwarded-for': address },
  });
}

/** The library's own sign-in form, with its CSRF token. */
export async function signIn(
  browser: Browser,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  const { csrfToken } = await (await browser.get('/api/auth/csrf')).json();
  const form = { csrfToken, email, password, json: 'true' };
  const reply = await browser.post('/api/auth/callback/credentials', { form });
  if (!reply.ok()) throw new Error(`signing in answered ${reply.status()}: ${await reply.text()}`);
}

/** Signs somebody in, in a browser of their own. */
export async function sessionHeaders(account: {
  readonly email: string;
  readonly password: string;
}): Promise<SessionHeaders> {
  const browser = await openBrowser();
  try {
    await signIn(browser, account);
    return await headersOf(browser);
  } finally {
    await browser.dispose();
  }
}

/** The headers by which calls count as this browser's. */
export async function headersOf(browser: Browser): Promise<SessionHeaders> {
  const { cookies } = await browser.storageState();
  return pageHeaders(cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
}

/** What a page of ours sends beside its cookies. */
export function pageHeaders(cookie: string): SessionHeaders {
  return { cookie, origin, 'sec-fetch-site': 'same-origin' };
}
