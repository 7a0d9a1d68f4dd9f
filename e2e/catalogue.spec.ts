// The catalogue of official weights, from a mirror of its publisher: licence, progress, kill -9, the model that comes of it.
import { expect, type Page, test } from '@playwright/test';
import { WeightsMirror } from '@/lib/domain/catalogue/test-support/weights-mirror';
import { familyFile } from '@/lib/engines/architecture/test-support/family-file';
import { type ApiReply, callApi } from './support/api';
import { redAndBlue } from './support/drawn-images';
import { initialAccount } from './support/initial-account';
import { OwnServer, until } from './support/own-server';

const name = 'yolo11n-cls';
let mirror: WeightsMirror;
let server: OwnServer;
let weights: Uint8Array;

// One server for all, which one of them kills.
test.describe.configure({ mode: 'default' });

test.beforeAll(async () => {
  weights = await familyFile(name);
  mirror = await WeightsMirror.start();
  mirror.files.set(`${name}.pt`, weights);
  server = await OwnServer.make({ CATALOGUE_BASE_URL: mirror.origin, CATALOGUE_ALLOWED_HOSTS: mirror.host });
  await server.start();
});
test.afterAll(async () => {
  await server?.stop();
  await server?.remove();
  await mirror?.close();
});
test.beforeEach(() => mirror.behave());

function call(method: string, path: string, json?: unknown): Promise<ApiReply> {
  return callApi(method, path, { server: server.origin, json });
}

function stateOf(weightsName: string): Promise<ApiReply['body']> {
  return call('GET', `/api/catalogue/${weightsName}`).then(({ body }) => body.data);
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`${server.origin}/sign-in`);
  await page.getByLabel('E-mail').fill(initialAccount.email);
  await page.getByLabel('Password', { exact: true }).fill(initialAccount.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/home');
}

/** The page of a new project, with the catalogue open. */
async function openCatalogue(page: Page): Promise<void> {
  const { body } = await call('POST', '/api/projects', { name: 'Weights' });
  await signIn(page);
  await page.goto(`${server.origin}/projects/${body.data.id}`);
  await page.getByRole('button', { name: 'Official weights' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'YOLO11' }).click();
}

test('a download that a kill -9 interrupts goes on after the restart, from where it was', async () => {
  test.setTimeout(180_000);
  const large = 'yolov8x';
  const bytes = await familyFile('yolov8n', { width: 1 / 8 });
  mirror.files.set(`${large}.pt`, bytes);
  mirror.behave({ pauseMilliseconds: 100 });
  await call('POST', `/api/catalogue/${large}/download`, { acceptLicense: true });
  await until(async () => ((await stateOf(large)).receivedBytes > 0 ? true : null), 'the first bytes are here');
  await server.kill('supervisor');
  mirror.behave();
  await server.start();
  await until(async () => ((await stateOf(large)).state === 'ready' ? true : null), 'the weights are here');
  expect(mirror.asked.at(-1)?.range).toMatch(/^bytes=[1-9]\d*-$/);
  const file = await fetch(`${server.origin}/api/catalogue/${large}/file`, {
    headers: { authorization: `Bearer ${initialAccount.key}` },
  });
  expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
});

test('official weights become a model: licence first, progress, and then it predicts', async ({ page }) => {
  mirror.behave({ pauseMilliseconds: 300 });
  await openCatalogue(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: `Download ${name}.pt` }).click();
  await expect(dialog.getByText('AGPL-3.0').first()).toBeVisible();
  expect(mirror.asked).toEqual([]);
  await dialog.getByRole('button', { name: 'Accept and download' }).click();
  await expect(dialog.getByRole('progressbar', { name: `Downloading ${name}.pt` })).toBeVisible();
  await page.waitForURL('**/weights/yolo11n-cls');
  await expect(page.getByText('from the catalogue')).toBeVisible();

  const found = await call('GET', '/api/models?search=yolo11n-cls');
  const file = new File([new Uint8Array(await redAndBlue())], 'squares.png');
  const path = `/api/models/${found.body.data[0].id}/predict`;
  const reply = await callApi('POST', path, { server: server.origin, form: { file } });
  expect(reply.status).toBe(200);
  await page.goto(`${server.origin}/activity`);
  await expect(page.getByText('Accepted the licence AGPL-3.0 of yolo11n-cls.pt').first()).toBeVisible();
});

test('without the publisher it says so plainly, and goes on later', async ({ page }) => {
  mirror.files.set('yolo11s.pt', weights);
  mirror.behave({ cutAfterBytes: 0 });
  await openCatalogue(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Download yolo11s.pt' }).click();
  await dialog.getByRole('button', { name: 'Accept and download' }).click();
  await expect(dialog.getByRole('alert')).toContainText('could not be reached');
  await expect(dialog.getByRole('alert')).toContainText('drop the .pt');
  mirror.behave();
  await dialog.getByRole('button', { name: 'Download yolo11s.pt again' }).click();
  await page.waitForURL('**/weights*/yolo11s');
});

test('official weights open on the Test page, and run in the browser', async ({ page }) => {
  mirror.files.set('yolo11m-cls.pt', weights);
  await signIn(page);
  await page.goto(`${server.origin}/test`);
  await page.getByRole('button', { name: 'Official weights…' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'YOLO11' }).click();
  await dialog.getByRole('button', { name: 'Download yolo11m-cls.pt' }).click();
  await dialog.getByRole('button', { name: 'Accept and download' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: /^yolo11m-cls\.pt.*classify/ })).toBeVisible();
  await page.getByLabel('Images').setInputFiles({
    name: 'squares.png',
    mimeType: 'image/png',
    buffer: Buffer.from(await redAndBlue()),
  });
  await expect(page.getByTestId('result-json')).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
});
