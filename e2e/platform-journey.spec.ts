// From nothing to a prediction by a script, and back from the trash, as a new person does it.
import { expect, test } from '@playwright/test';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { callApi } from './support/api';
import { redAndBlue } from './support/drawn-images';
import { signUp } from './support/sign-up';
import { modelFile, pngFile, TestPage } from './support/test-page';

test('sign up, make a project, drop a model, test it, call it with a fresh key, find it in the activity, delete and restore it', async ({
  page,
}) => {
  const { username } = await signUp(page);

  await page.getByRole('button', { name: 'New project' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Street corner');
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await page.waitForURL(`**/${username}/street-corner`);

  await page.getByLabel('Models to upload').setInputFiles(modelFile('crossing.onnx', tinyModel()));
  await page.getByRole('link', { name: 'crossing', exact: true }).first().click();
  await page.waitForURL(`**/${username}/street-corner/crossing`);
  await expect(page.getByText('Ready').or(page.getByText('detect')).first()).toBeVisible();

  await page.getByRole('link', { name: 'Test', exact: true }).last().click();
  const testTab = new TestPage(page);
  await testTab.chooseImages(pngFile('squares.png', await redAndBlue()));
  expect((await testTab.rows()).map(({ name }) => name)).toEqual(['red', 'blue']);

  await page.goto('/settings/api-keys');
  await page.getByRole('button', { name: 'New key' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('my script');
  await page.getByRole('button', { name: 'Make the key' }).click();
  const key = await page.getByText(/^ul_[0-9a-f]{40}$/).textContent();
  const file = new File([new Uint8Array(await redAndBlue())], 'squares.png');
  const address = `/api/models/${username}/street-corner/crossing/predict`;
  const reply = await callApi('POST', address, { key, form: { file } });
  expect(reply.body.predictions.map((found: { class: string }) => found.class)).toEqual(['red', 'blue']);

  await page.goto('/activity');
  await expect(page.getByText('Uploaded model crossing')).toBeVisible();
  await expect(page.getByText('Created API key my script')).toBeVisible();

  await page.goto(`/${username}/street-corner/crossing`);
  await page.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('menuitem', { name: /trash|delete/i }).click();
  await page.waitForURL(`**/${username}/street-corner`);
  expect((await callApi('POST', address, { key, form: { file } })).status).toBe(404);

  await page.goto('/trash');
  await page
    .getByRole('button', { name: /^Restore/ })
    .first()
    .click();
  await expect(page.getByText('The trash is empty')).toBeVisible();
  expect((await callApi('POST', address, { key, form: { file } })).status).toBe(200);
});

test('the API tab sends a real request and shows what came back', async ({ page }) => {
  const { username } = await signUp(page);
  await page.getByRole('button', { name: 'New project' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('Calls');
  await page.getByRole('dialog').getByRole('button', { name: 'Create project' }).click();
  await page.waitForURL(`**/${username}/calls`);
  await page.getByLabel('Models to upload').setInputFiles(modelFile('called.onnx', tinyModel()));
  await page.getByRole('link', { name: 'called', exact: true }).first().click();
  await page.getByRole('link', { name: 'API', exact: true }).last().click();
  await page.getByLabel('Image file').setInputFiles(pngFile('squares.png', await redAndBlue()));
  await page.getByRole('button', { name: 'Send request' }).click();
  await expect(page.getByText('200', { exact: false }).first()).toBeVisible();
  await expect(page.getByText('"class": "red"').first()).toBeVisible();
});
