import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import sharp from 'sharp';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { drawSquares, redAndBlue } from './support/drawn-images';
import { predictByCommand } from './support/run-cli';
import { pngFile, test } from './support/test-page';

async function saved(page: Page, action: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), action()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

for (const task of ['detect', 'segment', 'pose', 'obb', 'classify'] as const) {
  test(`${task}: every JSON dialect and the YOLO labels are byte for byte those of the command line`, async ({
    testPage,
  }) => {
    test.slow();
    const { page } = testPage;
    const folder = await mkdtemp(join(tmpdir(), 'sightline-'));
    const model = tinyModel({ task });
    const image = await redAndBlue();
    await writeFile(join(folder, 'tiny.onnx'), model);
    await writeFile(join(folder, 'squares.png'), image);
    const words = ['--model', join(folder, 'tiny.onnx'), '--source', join(folder, 'squares.png')];

    await testPage.chooseModel('tiny.onnx', model);
    await testPage.chooseImages(pngFile('squares.png', image));
    await testPage.rows();
    expect(await testPage.resultJson.textContent()).toBe(
      await predictByCommand(...words, '--save', join(folder, 'out')),
    );

    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const format = page.getByRole('combobox', { name: 'JSON format' });
    await expect(format).toBeVisible();
    const dialects = await format
      .locator('option')
      .evaluateAll((options) => options.map((option) => option.getAttribute('value') ?? ''));
    expect(dialects.length).toBeGreaterThan(5);
    for (const dialect of dialects) {
      await format.selectOption(dialect);
      const { name, bytes } = await saved(page, () => page.getByRole('button', { name: 'Save JSON' }).click());
      expect(name).toBe(`squares.${dialect}.json`);
      expect(bytes.toString(), dialect).toBe(await predictByCommand(...words, '--format', dialect));
    }
    const labels = await saved(page, () => page.getByRole('button', { name: 'Save YOLO labels' }).click());
    expect(labels.name).toBe('squares.txt');
    expect(labels.bytes.toString()).toBe(await readFile(join(folder, 'out', 'labels', 'squares.txt'), 'utf8'));
  });
}

test('the annotated PNG has the size of the image and colour where the box is', async ({ testPage }) => {
  const image = await drawSquares([{ colour: 'red', left: 64, top: 64, size: 64 }], { width: 256, height: 256 });
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await testPage.chooseImages(pngFile('large.png', image));
  expect(await testPage.rows()).toHaveLength(1);
  await testPage.page.getByRole('button', { name: 'Export', exact: true }).click();
  const { name, bytes } = await saved(testPage.page, () =>
    testPage.page.getByRole('button', { name: 'Save the annotated image' }).click(),
  );
  expect(name).toBe('large.png');
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([256, 256]);
  const pixel = (x: number, y: number) => [...data.subarray((y * 256 + x) * 3, (y * 256 + x) * 3 + 3)];
  expect(pixel(200, 200)).toEqual([128, 128, 128]);
  expect(pixel(96, 96)).toEqual([255, 0, 0]);
  expect(pixel(64, 100)).not.toEqual([255, 0, 0]);
  expect(pixel(64, 100)).not.toEqual([128, 128, 128]);
});

test('the ZIP holds every image: labels, JSON, COCO, CSV, classes and annotated pictures', async ({ testPage }) => {
  const { page } = testPage;
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await testPage.chooseImages(
    pngFile('first.png', await redAndBlue()),
    pngFile('second.png', await drawSquares([{ colour: 'green', left: 16, top: 16, size: 16 }])),
  );
  await testPage.rows();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('tab', { name: 'All images' }).click();
  const { name, bytes } = await saved(page, () => page.getByRole('button', { name: 'Save the ZIP' }).click());
  expect(name).toBe('predictions.zip');
  const files = unzipSync(new Uint8Array(bytes));
  const text = (path: string) => strFromU8(files[path] ?? new Uint8Array());
  expect(text('labels/first.txt').split('\n').filter(Boolean)).toHaveLength(2);
  expect(text('labels/second.txt')).toMatch(/^1 0\.375 0\.375 0\.25 0\.25\n$/);
  expect(JSON.parse(text('coco.json')).annotations).toHaveLength(3);
  expect(text('predictions.csv').trim().split('\n')).toHaveLength(4);
  expect(JSON.parse(text('json/ultralytics/second.json'))).toMatchObject([{ name: 'green' }]);
  const pictures = Object.keys(files).filter((path) => path.endsWith('.png'));
  expect(pictures).toHaveLength(2);
  expect(await sharp(files[pictures[0]]).metadata()).toMatchObject({ width: 64, height: 64 });
});

test('code to do the same quotes a hostile file name', async ({ testPage }) => {
  const { page } = testPage;
  await testPage.chooseModel("it's $(id).onnx", tinyModel());
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  await testPage.rows();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('tab', { name: 'Code' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(`--model 'it'\\''s $(id).onnx'`);
  await dialog.getByRole('tab', { name: 'Python' }).click();
  await expect(dialog).toContainText(String.raw`YOLO('it\'s $(id).onnx')`);
  await dialog.getByRole('tab', { name: 'cURL' }).click();
  await expect(dialog).toContainText('curl');
});
