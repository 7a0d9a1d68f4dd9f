import { headersOf, openBrowser, signIn } from './browser-session';

export type NewAccount = { readonly email: string; readonly password: string; readonly username: string };

let count = 0;

/** Words for an account that no other journey has. */
export function freshAccount(): NewAccount {
  const unique = `${Date.now().toString(36)}-${process.pid.toString(36)}-${count++}`;
  return {
    email: `${unique}@example.com`,
    password: 'correct horse battery staple',
    username: `u-${unique}`.slice(0, 32),
  };
}

/** Signs a new person up and in as the pages do, and makes an API key in their session. */
export async function accountWithKey(
  scopes: readonly string[] = [],
): Promise<NewAccount & { readonly key: string; readonly cookie: string }> {
  const account = freshAccount();
  const browser = await openBrowser();
  try {
    const signedUp = await browser.post('/api/account/sign-up', { data: account });
    if (!signedUp.ok()) throw new Error(`sign-up answered ${signedUp.status()}: ${await signedUp.text()}`);
    await signIn(browser, account);
    const made = await browser.post('/api/api-keys', { data: { name: 'journey', scopes } });
    if (!made.ok()) throw new Error(`creating a key answered ${made.status()}: ${await made.text()}`);
    const { cookie } = await headersOf(browser);
    return { ...account, key: (await made.json()).data.key, cookie };
  } finally {
    await browser.dispose();
  }
}
