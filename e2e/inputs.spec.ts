import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import sharp from 'sharp';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { drawSquares, redAndBlue } from './support/drawn-images';
import { pngFile, test } from './support/test-page';

test('PNG, JPEG, WebP, GIF, AVIF and BMP all run', async ({ testPage }) => {
  const image = sharp(await drawSquares([{ colour: 'red', left: 32, top: 0, size: 32 }]));
  const files = [
    { name: 'a.png', mimeType: 'image/png', buffer: await image.png().toBuffer() },
    {
      name: 'b.jpg',
      mimeType: 'image/jpeg',
      buffer: await image.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(),
    },
    { name: 'c.webp', mimeType: 'image/webp', buffer: await image.webp({ lossless: true }).toBuffer() },
    { name: 'd.gif', mimeType: 'image/gif', buffer: await image.gif().toBuffer() },
    { name: 'e.avif', mimeType: 'image/avif', buffer: await image.avif({ quality: 95 }).toBuffer() },
    { name: 'f.bmp', mimeType: 'image/bmp', buffer: bitmapFile(await image.raw().toBuffer(), 64, 64) },
  ];
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await testPage.chooseImages(...files);
  for (const { name } of files) {
    const thumbnail = testPage.page.getByRole('button', { name: new RegExp(`^${name.replace('.', '\\.')}, 1 red`) });
    await expect(thumbnail, name).toBeVisible({ timeout: 60_000 });
  }
});

test('colour beneath alpha is what the model sees, and EXIF turns the image upright', async ({ testPage }) => {
  const opaque = await drawSquares([{ colour: 'red', left: 16, top: 16, size: 16 }]);
  const alpha = Buffer.alloc(64 * 64, 0);
  const transparent = await sharp(await sharp(opaque).raw().toBuffer(), { raw: { width: 64, height: 64, channels: 3 } })
    .joinChannel(alpha, { raw: { width: 64, height: 64, channels: 1 } })
    .png()
    .toBuffer();
  const turned = await sharp(await drawSquares([{ colour: 'red', left: 32, top: 0, size: 32 }]))
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .toBuffer();
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await testPage.chooseImages(pngFile('transparent.png', transparent));
  expect((await testPage.rows()).map(({ box }) => box)).toEqual([{ x1: 16, y1: 16, x2: 32, y2: 32 }]);
  await testPage.chooseImages({ name: 'turned.jpg', mimeType: 'image/jpeg', buffer: turned });
  await testPage.page.getByRole('button', { name: /^turned\.jpg/ }).click();
  // A quarter turn clockwise brings the upper right corner to the lower right.
  await expect
    .poll(async () => JSON.parse((await testPage.resultJson.textContent()) || '[]')[0]?.box)
    .toEqual({ x1: 32, y1: 32, x2: 64, y2: 64 });
});

test('a pasted picture runs', async ({ testPage }) => {
  await testPage.chooseModel('tiny.onnx', tinyModel());
  const base64 = (await redAndBlue()).toString('base64');
  await testPage.page.evaluate((encoded) => {
    const clipboardData = new DataTransfer();
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    clipboardData.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, base64);
  await testPage.expectNames(['red', 'blue']);
});

test('an image by its URL runs; one that cannot be reached is told', async ({ testPage, baseURL }) => {
  const { page } = testPage;
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await page.getByRole('button', { name: 'Add from a URL' }).click();
  const dialog = page.getByRole('dialog');
  const address = dialog.getByRole('textbox');
  await address.fill('http://localhost:9/nothing.png');
  await address.press('Enter');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await address.fill(`${baseURL}/examples/bus.jpg`);
  await address.press('Enter');
  await expect(dialog).toHaveCount(0);
  await testPage.status('done');
  await expect(page.getByRole('button', { name: /^bus\.jpg/ })).toBeVisible();
});

test('the example images are one click away', async ({ testPage }) => {
  await testPage.page.getByRole('button', { name: /^Use zidane\.jpg/ }).click();
  await expect(testPage.page.getByRole('button', { name: /^zidane\.jpg/ })).toBeVisible();
  await testPage.chooseModel('tiny-cls.onnx', tinyModel({ task: 'classify' }));
  expect((await testPage.rows()).map(({ name }) => name)).toContain('other');
});

test('a whole folder is a queue with progress, counts and cancel', async ({ testPage }) => {
  const { page } = testPage;
  const folder = join(await mkdtemp(join(tmpdir(), 'sightline-')), 'shots');
  await mkdir(join(folder, 'inner'), { recursive: true });
  const image = await redAndBlue();
  for (let i = 0; i < 60; i++) await writeFile(join(folder, i % 2 ? 'inner' : '', `shot-${i}.png`), image);
  await writeFile(join(folder, 'notes.txt'), 'not an image');
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await page.locator('input[webkitdirectory]').setInputFiles(folder);
  const progress = page.getByRole('progressbar', { name: 'Progress of the queue' });
  await expect(progress).toHaveAttribute('max', '60');
  await expect(page.getByText(/\d+ of 60/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(progress).toHaveCount(0);
  // The strip draws what is in view only: the stopped ones are at its end.
  await page.getByRole('region', { name: 'Strip' }).evaluate((strip) => {
    for (const part of strip.querySelectorAll('*')) part.scrollLeft = part.scrollWidth;
  });
  await expect(page.getByRole('button', { name: /shot-\d+\.png, stopped/ }).first()).toBeVisible();
  // What was stopped runs when it is looked at.
  await page
    .getByRole('button', { name: /shot-\d+\.png, stopped/ })
    .first()
    .click();
  await testPage.expectNames(['red', 'blue']);
});

/** A 24-bit BMP, rows from the bottom, padded to four bytes. */
function bitmapFile(rgb: Buffer, width: number, height: number): Buffer {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + rowBytes * height);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      file.set([rgb[from + 2], rgb[from + 1], rgb[from]], 54 + (height - 1 - y) * rowBytes + x * 3);
    }
  }
  return file;
}
