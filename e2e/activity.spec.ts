// What the activity page does with many events at once, when the server answers and when it does not.
import { expect, test } from '@playwright/test';
import { signUp } from './support/sign-up';

test('archiving all tells why it failed, works the next time, and can be undone', async ({ page }) => {
  await signUp(page);
  await page.getByRole('button', { name: 'New project' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('Street corner');
  await page.getByRole('dialog').getByRole('button', { name: 'Create project' }).click();
  await page.waitForURL('**/street-corner');

  await page.goto('/activity');
  const event = page.getByRole('list', { name: 'Inbox' }).getByText('Created project Street corner');
  await expect(event).toBeVisible();
  const collected = /\/api\/activity\?.*limit=100/;
  await page.route(collected, (route) => route.abort());
  await page.getByRole('button', { name: 'Archive all' }).click();
  await expect(page.getByText('The events could not be archived')).toBeVisible();
  await expect(event).toBeVisible();

  await page.unroute(collected);
  await page.getByRole('button', { name: 'Archive all' }).click();
  await expect(page.getByText('The inbox is empty')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(event).toBeVisible();
});
