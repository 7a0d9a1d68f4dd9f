import type { Page } from '@playwright/test';
import { freshAccount, type NewAccount } from './accounts';

/** Makes an account on the sign-up page, which ends on the home page. */
export async function signUp(page: Page): Promise<NewAccount> {
  const account = freshAccount();
  await page.goto('/sign-up');
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('User name').fill(account.username);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/home');
  return account;
}
