import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { drawSquares, redAndBlue } from './support/drawn-images';
import { pngFile, type TestPage, test } from './support/test-page';

async function begin(testPage: TestPage): Promise<void> {
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await testPage.chooseImages(
    pngFile('one.png', await redAndBlue()),
    pngFile('two.png', await drawSquares([{ colour: 'green', left: 16, top: 16, size: 16 }])),
  );
  await testPage.expectNames(['red', 'blue']);
}

async function expectNoViolations(testPage: TestPage): Promise<void> {
  const { violations } = await new AxeBuilder({ page: testPage.page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 360, height: 780 },
  ]) {
    test(`no accessibility fault at ${viewport.width} px, ${colorScheme}`, async ({ testPage }) => {
      await testPage.page.emulateMedia({ colorScheme });
      await testPage.page.setViewportSize(viewport);
      await expectNoViolations(testPage);
      await begin(testPage);
      await expectNoViolations(testPage);
      const overflow = await testPage.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
    });
  }
}

test('the keyboard alone: images, zoom, overlays, confidence, help', async ({ testPage }) => {
  const { page, stage } = testPage;
  await begin(testPage);
  await page.keyboard.press('ArrowRight');
  await testPage.expectNames(['green']);
  await page.keyboard.press('ArrowLeft');
  await testPage.expectNames(['red', 'blue']);

  const fitted = Number(await stage.getAttribute('data-scale'));
  await page.keyboard.press('+');
  await expect.poll(async () => Number(await stage.getAttribute('data-scale'))).toBeGreaterThan(fitted);
  await page.keyboard.press('1');
  await expect.poll(async () => Number(await stage.getAttribute('data-scale'))).toBeCloseTo(1, 5);
  await page.keyboard.press('0');
  await expect.poll(async () => Number(await stage.getAttribute('data-scale'))).toBeCloseTo(fitted, 5);

  await page.keyboard.press('h');
  await expect(stage).toHaveAttribute('data-drawn', '0');
  await page.keyboard.press('h');
  await expect(stage).toHaveAttribute('data-drawn', '2');
  for (let i = 0; i < 8; i++) await page.keyboard.press(']');
  await testPage.expectNames(['red']);

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('Delete');
  await testPage.expectNames(['green']);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: /^one\.png/ })).toBeVisible();
});

test('list and canvas point at each other', async ({ testPage }) => {
  const { page } = testPage;
  await begin(testPage);
  const options = page.getByRole('listbox', { name: 'Predictions, best first' }).getByRole('option');
  await expect(options).toHaveCount(2);
  const box = await testPage.stage.boundingBox();
  const scale = Number(await testPage.stage.getAttribute('data-scale'));
  if (!box) throw new Error('The stage is on the page.');
  // The blue square's centre, from the image's, which is the stage's.
  const x = box.x + box.width / 2 + (52 - 32) * scale;
  const y = box.y + box.height / 2 + (44 - 32) * scale;
  await page.mouse.click(x, y);
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'false');
});

test('results are announced', async ({ testPage }) => {
  await begin(testPage);
  await expect(testPage.page.locator('[aria-live="polite"]').filter({ hasText: '1 red, 1 blue' })).toHaveCount(1);
});

test.describe('in a hand', () => {
  test.use({ viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true });

  test('everything works by touch at 360 px', async ({ testPage }) => {
    const { page } = testPage;
    await begin(testPage);
    await page.getByRole('tab', { name: 'Settings' }).tap();
    await page.getByRole('slider', { name: 'Confidence' }).fill('0.7');
    await testPage.expectNames(['red']);
    await page.getByRole('tab', { name: 'Results' }).tap();
    await page.getByRole('listbox', { name: 'Predictions, best first' }).getByRole('option').first().tap();
    await page.getByRole('tab', { name: 'Images' }).tap();
    await page.getByRole('button', { name: /^two\.png/ }).tap();
    await testPage.expectNames(['green']);
    await page.getByRole('button', { name: 'Export', exact: true }).tap();
    await expect(page.getByRole('button', { name: 'Save JSON' })).toBeVisible();
    await page.getByRole('button', { name: 'Close' }).tap();
    await page.getByRole('tab', { name: 'Models' }).tap();
    await expect(page.getByRole('button', { name: /^tiny\.onnx/ })).toBeVisible();
  });
});
