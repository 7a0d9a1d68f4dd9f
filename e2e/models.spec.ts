import { expect } from '@playwright/test';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { redAndBlue } from './support/drawn-images';
import { modelFile, pngFile, test } from './support/test-page';

test('shows the facts of a model', async ({ testPage }) => {
  await testPage.chooseModel('tiny.onnx', tinyModel({ task: 'pose' }));
  const { page } = testPage;
  await expect(page.getByRole('button', { name: /^tiny\.onnx.*pose.*fp32/ })).toBeVisible();
  await page.getByRole('button', { name: 'Facts about tiny.onnx' }).click();
  const models = page.getByRole('complementary', { name: 'Models' });
  await expect(models).toContainText('64 × 64');
  await expect(models).toContainText('17');
});

test('models are remembered on this machine and run again after a reload', async ({ testPage }) => {
  await testPage.drop(modelFile('one.onnx', tinyModel()), modelFile('two.onnx', tinyModel({ task: 'obb' })));
  await expect(testPage.page.getByRole('button', { name: /^two\.onnx.*obb/ })).toBeVisible();
  await testPage.open();
  const stored = testPage.page.getByRole('button', { name: /^one\.onnx/ });
  await expect(stored).toBeVisible();
  await expect(testPage.page.getByRole('button', { name: /^two\.onnx/ })).toBeVisible();
  await stored.click();
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  expect((await testPage.rows()).map(({ name }) => name)).toEqual(['red', 'blue']);
});

test('a removed model comes back by undo, and stays away without it', async ({ testPage }) => {
  const { page } = testPage;
  await testPage.chooseModel('tiny.onnx', tinyModel());
  const row = page.getByRole('button', { name: /^tiny\.onnx/ });
  await row.hover();
  await page.getByRole('button', { name: 'Remove tiny.onnx' }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toBeVisible();
  await row.hover();
  await page.getByRole('button', { name: 'Remove tiny.onnx' }).click();
  await expect(row).toHaveCount(0);
  await testPage.open();
  await expect(page.getByText('Nothing leaves this browser').first()).toBeVisible();
  await expect(row).toHaveCount(0);
});

test('a file without metadata that can be read in two ways is asked about, by looking, and remembered', async ({
  testPage,
}) => {
  const { page } = testPage;
  // 3 classes and an angle, or 4 classes: the shapes alone cannot tell.
  await testPage.chooseModel('unnamed.onnx', tinyModel({ task: 'obb', metadata: 'none' }));
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  const question = page.getByRole('group', { name: /Which picture is right/ });
  await expect(question).toBeVisible();
  const choices = question.getByRole('button');
  expect(await choices.count()).toBeGreaterThan(1);
  await choices.filter({ hasText: /OBB/i }).first().click();
  await expect(question).toHaveCount(0);
  const rows = await testPage.rows();
  expect(rows.map((row) => row.name)).toEqual(['class0', 'class2']);
  expect(Object.keys(rows[0].box ?? {})).toContain('x4');

  await testPage.open();
  await page.getByRole('button', { name: /^unnamed\.onnx/ }).click();
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  expect(Object.keys((await testPage.rows())[0].box ?? {})).toContain('x4');
  await expect(question).toHaveCount(0);
});

test('a second model on the same image: what only one of them found', async ({ testPage }) => {
  const { page } = testPage;
  await testPage.drop(
    modelFile('all.onnx', tinyModel()),
    modelFile('reds.onnx', tinyModel({ task: 'pose' })),
    pngFile('squares.png', await redAndBlue()),
  );
  await page.getByRole('button', { name: /^all\.onnx/ }).click();
  await testPage.expectNames(['red', 'blue']);
  await page.getByRole('button', { name: /^reds\.onnx/ }).hover();
  await page.getByRole('button', { name: 'Compare with reds.onnx' }).click();
  const comparison = page.getByRole('region', { name: 'Comparison' });
  await expect(comparison).toContainText('1 found by both');
  await expect(comparison).toContainText('Only all.onnx: 1');
  await expect(comparison).toContainText('blue 1');
  await expect(comparison).toContainText('Only reds.onnx: nothing');
  const handle = page.getByRole('slider', { name: 'Split between the two models' });
  const before = await handle.getAttribute('aria-valuenow');
  await handle.press('ArrowLeft');
  await expect(handle).not.toHaveAttribute('aria-valuenow', before ?? '');
  await comparison.getByRole('button', { name: 'Side by side' }).click();
  await expect(handle).toHaveCount(0);
  await comparison.getByRole('button', { name: 'End the comparison' }).click();
  await expect(comparison).toHaveCount(0);
});
