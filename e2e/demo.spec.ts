import { expect, test } from '@playwright/test';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { redAndBlue } from './support/drawn-images';
import { modelFile, pngFile, TestPage } from './support/test-page';

test('who comes for the first time sees boxes at once, then the other tasks by one click each', async ({ page }) => {
  const testPage = new TestPage(page);
  await page.goto('/test');
  const boxes = await testPage.rows();
  const names = new Set(boxes.map(({ name }) => name));
  expect(names).toContain('person');
  expect(names).toContain('bus');
  await expect(page.getByText('They know drawn scenes only')).toBeVisible();

  const demo = page.getByRole('region', { name: 'Demo models' });
  const choose = async (label: string, model: string) => {
    await demo.getByRole('button', { name: label, exact: true }).click();
    await expect(page.getByRole('button', { name: new RegExp(`^${model}`) })).toHaveAttribute('aria-pressed', 'true');
    await testPage.status('done');
    await expect.poll(async () => (await testPage.resultJson.textContent()) ?? '').not.toBe('');
    return testPage.rows();
  };
  const masks = await choose('Masks', 'demo-segment.onnx');
  expect(masks.filter(({ segments }) => (segments?.x.length ?? 0) > 2).length).toBeGreaterThan(2);
  const turned = await choose('Rotated', 'demo-obb.onnx');
  expect(turned.map(({ name }) => name)).toContain('ship');
  expect(Object.keys(turned[0]?.box ?? {})).toHaveLength(8);
  const classes = await choose('Whole image', 'demo-classify.onnx');
  expect(classes[0]?.name).toBe('dog');
});

test('what a person brings takes the place of the demo, and the demo is not remembered', async ({ page }) => {
  const testPage = new TestPage(page);
  await page.goto('/test');
  await testPage.rows();
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await expect(page.getByRole('button', { name: /^demo-detect/ })).toHaveCount(0);
  await testPage.chooseImages(pngFile('a.png', await redAndBlue()));
  await testPage.expectNames(['red', 'blue']);
  await expect(page.getByRole('button', { name: /^bus\.jpg/ })).toHaveCount(0);

  await page.reload();
  await expect(page.getByRole('button', { name: /^tiny\.onnx/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^demo-detect/ })).toHaveCount(0);
});

test('the demo stays away once it was put away, and comes back when it is asked for', async ({ page }) => {
  const testPage = new TestPage(page);
  await page.goto('/test');
  await testPage.rows();
  await page.getByRole('button', { name: 'Put the demo away' }).click();
  await expect(page.getByText('Drop a model and an image, see what it sees')).toBeVisible();
  await page.reload();
  await testPage.status('idle');
  await expect(page.getByText('Drop a model and an image, see what it sees')).toBeVisible();
  await page.getByRole('button', { name: 'See the demo' }).click();
  await testPage.rows();
});

test('a model dropped while the demo is still coming is the one that runs', async ({ page }) => {
  const testPage = new TestPage(page);
  await page.route('**/demo/*.onnx', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue().catch(() => undefined);
  });
  await page.goto('/test');
  await expect(testPage.resultJson).not.toHaveAttribute('data-status', 'idle');
  await testPage.drop(modelFile('tiny.onnx', tinyModel()));
  await testPage.chooseImages(pngFile('a.png', await redAndBlue()));
  await testPage.expectNames(['red', 'blue']);
  await page.waitForTimeout(2000);
  await expect(page.getByRole('button', { name: /^demo-detect/ })).toHaveCount(0);
});
