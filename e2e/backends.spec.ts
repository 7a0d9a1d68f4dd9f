import { expect } from '@playwright/test';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { redAndBlue } from './support/drawn-images';
import { pngFile, test } from './support/test-page';

test('without a real GPU only the WASM runtime is downloaded', async ({ testPage }) => {
  const files: string[] = [];
  testPage.page.on('request', (request) => files.push(new URL(request.url()).pathname));
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  await testPage.rows();
  const runtimes = new Set(
    files.filter((path) => path.endsWith('.wasm')).map((path) => path.replace(/\.[^.]+\.wasm$/, '')),
  );
  expect([...runtimes].filter((path) => /asyncify|jsep|jspi/.test(path))).toEqual([]);
  expect(runtimes.size).toBe(1);
  await testPage.page.getByText('Why not faster').click();
  await expect(testPage.page.getByText(/WebGPU/).first()).toBeVisible();
});

test('threads follow the cores of the machine', async ({ page, testPage }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 }));
  await testPage.open();
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  await testPage.rows();
  await expect(page.getByTestId('backend')).toContainText('WASM · 3 threads');
});
