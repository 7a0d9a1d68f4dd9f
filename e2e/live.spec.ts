import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { redAndBlue } from './support/drawn-images';
import { pngFile, test } from './support/test-page';

/** Records two seconds of a red square that jumps from left to right after one, as WebM, by the browser itself. */
async function recordVideo(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 128;
    canvas.height = 128;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This browser draws no 2D canvas.');
    const recorder = new MediaRecorder(canvas.captureStream(20), {
      mimeType: 'video/webm;codecs=vp8',
      videoBitsPerSecond: 4_000_000,
    });
    const chunks: Blob[] = [];
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    const stopped = new Promise((resolve) => {
      recorder.onstop = resolve;
    });
    recorder.start();
    const started = performance.now();
    await new Promise<void>((resolve) => {
      const draw = () => {
        const elapsed = performance.now() - started;
        context.fillStyle = 'rgb(128,128,128)';
        context.fillRect(0, 0, 128, 128);
        context.fillStyle = 'rgb(255,0,0)';
        context.fillRect(elapsed < 1000 ? 0 : 64, 64, 64, 64);
        if (elapsed < 2000) requestAnimationFrame(draw);
        else resolve();
      };
      draw();
    });
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  });
  return Buffer.from(base64, 'base64');
}

test('a video: plays, pauses, steps by frame, and the overlay belongs to the frame shown', async ({ testPage }) => {
  const { page } = testPage;
  const video = await recordVideo(page);
  await testPage.chooseModel('tiny.onnx', tinyModel({ dynamic: true }));
  await page.getByLabel('Video file').setInputFiles({ name: 'square.webm', mimeType: 'video/webm', buffer: video });
  const bar = page.getByRole('region', { name: 'Video' });
  await expect(bar).toBeVisible({ timeout: 60_000 });
  const position = bar.getByRole('slider', { name: 'Position' });
  const left = async () => JSON.parse((await testPage.resultJson.textContent()) || '[]')[0]?.box?.x1;

  if (await bar.getByRole('button', { name: 'Pause' }).isVisible()) {
    await bar.getByRole('button', { name: 'Pause' }).click();
  }
  await position.fill('0.5');
  await expect.poll(left).toBeLessThan(16);
  await position.fill('1.6');
  await expect.poll(left).toBeGreaterThan(48);

  const before = Number(await position.inputValue());
  await bar.getByRole('button', { name: 'Previous frame' }).click();
  await expect.poll(async () => Number(await position.inputValue())).toBeLessThan(before);
  await bar.getByRole('button', { name: 'Next frame' }).click();
  await expect.poll(async () => Number(await position.inputValue())).toBeCloseTo(before, 1);

  await bar.getByRole('button', { name: 'Keep this frame as an image' }).click();
  await page.getByRole('button', { name: 'Back to images' }).first().click();
  await expect(page.getByRole('button', { name: /^square.*1 red/ })).toBeVisible();
});

test('the camera: live predictions with frames per second, and released when left', async ({ testPage, context }) => {
  await context.grantPermissions(['camera']);
  const { page } = testPage;
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await page.getByRole('button', { name: 'Camera' }).click();
  await expect(page.getByText(/\d+\.\d fps/)).toBeVisible({ timeout: 60_000 });
  await testPage.status('done');
  await page.getByRole('button', { name: 'Back to images' }).first().click();
  await expect(page.getByText(/\d+\.\d fps/)).toHaveCount(0);
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  await testPage.expectNames(['red', 'blue']);
});

test('a refused camera is told, and the page goes on', async ({ testPage }) => {
  const { page } = testPage;
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
  });
  await page.getByRole('button', { name: 'Camera' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /camera/i })).toBeVisible();
});

test('the annotated image of a frame can be saved', async ({ testPage, context }) => {
  await context.grantPermissions(['camera']);
  const { page } = testPage;
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await page.getByRole('button', { name: 'Camera' }).click();
  await expect(page.getByText(/\d+\.\d fps/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Keep frame' }).click();
  await page.getByRole('button', { name: 'Back to images' }).first().click();
  await testPage.status('done');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the annotated image' }).click(),
  ]);
  expect((await readFile(await download.path())).subarray(1, 4).toString()).toBe('PNG');
});
