import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { familyFile } from '@/lib/engines/architecture/test-support/family-file';
import { modelFile, pngFile } from './support/test-page';
import { labelledSquares, squarePicture, type TrainPage, test } from './support/train-page';

/** Checkpoints of the package lie beside a developer's checkout, not in it. */
const fixtures = join('..', 'shared', 'fixtures');

async function kept({ page }: TrainPage): Promise<void> {
  await expect(page.getByText('Kept on this machine')).toBeVisible({ timeout: 30_000 });
}

async function drawOneBox(trainPage: TrainPage): Promise<void> {
  const { page } = trainPage;
  await trainPage.choose(pngFile('one.png', await squarePicture(20, 30)));
  await expect.poll(async () => Number(await trainPage.stage.getAttribute('data-scale'))).toBeGreaterThan(1);
  await page.getByRole('textbox', { name: 'Name of a new class' }).fill('bolt');
  await page.keyboard.press('Enter');
  await trainPage.drag([20, 30], [68, 78]);
  await expect.poll(() => trainPage.boxes()).toEqual([[20, 30, 68, 78]]);
}

test('what was drawn is there again on the next visit, when it is wanted', async ({ trainPage }) => {
  const { page } = trainPage;
  await trainPage.set('Epochs', 77);
  await drawOneBox(trainPage);
  await kept(trainPage);
  await page.reload();

  const offer = page.getByRole('region', { name: 'Draft', exact: true });
  await expect(offer).toContainText('1 picture, 1 labelled', { timeout: 30_000 });
  await offer.getByRole('button', { name: 'Go on with it' }).click();
  await expect(page.getByText('1 of 1 labelled')).toBeVisible();
  await expect.poll(async () => Number(await trainPage.stage.getAttribute('data-scale'))).toBeGreaterThan(1);
  await expect.poll(() => trainPage.boxes()).toEqual([[20, 30, 68, 78]]);
  await expect(page.getByRole('textbox', { name: 'Epochs', exact: true })).toHaveValue('77');
  await expect(offer).toBeHidden();
});

test('a draft is discarded for good, unless that is undone', async ({ trainPage }) => {
  test.slow();
  const { page } = trainPage;
  await drawOneBox(trainPage);
  await kept(trainPage);

  await page.getByRole('button', { name: 'Discard draft' }).click();
  await expect(page.getByText('Teach a model what you are looking for')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(page.getByRole('button', { name: 'one.png, 1 label' })).toBeVisible();
  await kept(trainPage);

  await page.reload();
  const offer = page.getByRole('region', { name: 'Draft', exact: true });
  await offer.getByRole('button', { name: 'Discard draft' }).click({ timeout: 30_000 });
  await expect(offer).toBeHidden();
  // Until the time to undo is over it is still there.
  const names = () =>
    page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('training-draft');
      const keys: unknown = Reflect.get(folder, 'keys');
      if (typeof keys !== 'function') throw new Error('Folders list their files.');
      const found: string[] = [];
      for await (const name of keys.call(folder)) found.push(name);
      return found;
    });
  await expect.poll(names, { timeout: 30_000 }).toEqual([]);
  await page.reload();
  await expect(page.locator('input[webkitdirectory]')).toBeAttached();
  await expect(offer).toBeHidden();
});

test('labels are saved as a ZIP that trainers read', async ({ trainPage }) => {
  const { page } = trainPage;
  await trainPage.choose(...(await labelledSquares(10)));
  await expect(page.getByText('10 of 10 labelled')).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save labels' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('labels.zip');
  const files = unzipSync(await readFile(await download.path()));
  const paths = Object.keys(files);
  expect(paths.filter((path) => path.startsWith('labels/train/'))).toHaveLength(8);
  expect(paths.filter((path) => path.startsWith('labels/val/'))).toHaveLength(2);
  expect(strFromU8(files['labels/train/square-0.txt'] ?? new Uint8Array())).toBe('0 0.25 0.28125 0.375 0.375\n');
  expect(strFromU8(files['classes.txt'] ?? new Uint8Array())).toBe('class0\n');
  expect(strFromU8(files['data.yaml'] ?? new Uint8Array())).toContain('0: "class0"');
});

test('a picture begins with the class that its model sees', async ({ trainPage }) => {
  const { page } = trainPage;
  await trainPage.chooseModel(modelFile('kinds.pt', await familyFile('yolov8n-cls')));
  await expect(page.getByRole('button', { name: 'Another .pt' })).toBeVisible({ timeout: 60_000 });
  await trainPage.choose(pngFile('one.png', await squarePicture(20, 30)));
  await expect(page.getByRole('button', { name: 'one.png, not labelled' })).toBeVisible();
  await page.getByRole('button', { name: 'Start from predictions' }).click();
  await expect(page.getByRole('button', { name: /^one\.png, labelled ./ })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'one.png, not labelled' })).toBeVisible();
});

test('boxes begin as predictions, and are corrected by hand', async ({ trainPage }) => {
  const model = join(fixtures, 'models', 'yolov8n-shapes-det.pt');
  test.skip(!existsSync(model), 'the recorded references are not beside this checkout');
  test.slow();
  const { page } = trainPage;
  await trainPage.chooseModel(modelFile('shapes.pt', readFileSync(model)));
  await expect(page.getByRole('button', { name: 'Another .pt' })).toBeVisible({ timeout: 60_000 });
  const picture = readFileSync(join(fixtures, 'images', 'shapes-seg-gray.jpg'));
  await trainPage.choose({ name: 'shapes.jpg', mimeType: 'image/jpeg', buffer: picture });
  await page.getByRole('button', { name: 'Start from predictions' }).click();
  await expect(page.getByRole('button', { name: /^shapes\.jpg, [1-9]\d* labels?$/ })).toBeVisible({ timeout: 60_000 });
  const before = await trainPage.boxes();
  await trainPage.stage.getByRole('img').focus();
  await page.keyboard.press(']');
  await page.keyboard.press('Delete');
  await expect.poll(async () => (await trainPage.boxes()).length).toBe(before.length - 1);
});
