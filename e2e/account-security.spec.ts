// Two-factor sign-in and the end of sessions, in two browsers.
import { expect, type Page, test } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { signUp } from './support/sign-up';

async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('a second factor is set up, asked for, and works once per code', async ({ page, browser }) => {
  const account = await signUp(page);
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Set up' }).click();
  const section = page.getByRole('region', { name: 'Two-factor sign-in' });
  const secret = ((await section.getByText(/^(?:[A-Z2-7]{4} ?)+$/).textContent()) ?? '').replace(/\s/g, '');
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  await section.getByLabel(/code/i).fill(code);
  await section.getByRole('button', { name: 'Turn on' }).click();
  await expect(section.getByRole('listitem')).toHaveCount(10);
  const [recovery] = await section.getByRole('listitem').allInnerTexts();

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signIn(other, account);
  // The code that turned it on is used up.
  await other.getByLabel('Code', { exact: true }).fill(code);
  await other.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(
    other
      .getByText(/code/i)
      .filter({ hasText: /not right|wrong|used|new one|next/i })
      .first(),
  ).toBeVisible();
  await other.getByRole('button', { name: 'Use a recovery code' }).click();
  await other.getByLabel('Recovery code').fill(recovery);
  await other.getByRole('button', { name: 'Sign in', exact: true }).click();
  await other.waitForURL('**/home');
  await elsewhere.close();
});

test('a session that is ended elsewhere ends at once', async ({ page, browser }) => {
  const account = await signUp(page);
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signIn(other, account);
  await other.waitForURL('**/home');

  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Sign out all others' }).click();
  await expect
    .poll(async () => (await other.request.get('/api/account')).status(), {
      message: 'the other browser is signed out',
    })
    .toBe(401);
  await other.goto('/home');
  await other.waitForURL('**/sign-in**');
  expect((await page.request.get('/api/account')).status()).toBe(200);
  await elsewhere.close();
});
