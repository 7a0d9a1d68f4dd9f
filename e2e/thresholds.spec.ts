import { expect } from '@playwright/test';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { drawSquares, redAndBlue } from './support/drawn-images';
import { pngFile, test } from './support/test-page';

test.beforeEach(async ({ page }) => {
  // Counts what the page asks of its worker, to see that moving a slider asks nothing.
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    Reflect.set(window, 'workerMessages', 0);
    Worker.prototype.postMessage = function (this: Worker, ...parameters: Parameters<typeof post>) {
      Reflect.set(window, 'workerMessages', Number(Reflect.get(window, 'workerMessages')) + 1);
      post.apply(this, parameters);
    } as typeof post;
  });
});

test('confidence redraws before the next frame, without inference', async ({ testPage }) => {
  await testPage.page.reload();
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  await testPage.rows();

  const observed = await testPage.page.getByRole('slider', { name: 'Confidence' }).evaluate((slider) => {
    if (!(slider instanceof HTMLInputElement)) throw new Error('A slider is an input.');
    const drawn = () => document.querySelector('[data-testid="stage"]')?.getAttribute('data-drawn');
    const before = Number(Reflect.get(window, 'workerMessages'));
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    setValue?.call(slider, '0.7');
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    return new Promise<{ drawn: string | null | undefined; asked: number }>((resolve) => {
      requestAnimationFrame(() =>
        resolve({ drawn: drawn(), asked: Number(Reflect.get(window, 'workerMessages')) - before }),
      );
    });
  });
  expect(observed).toEqual({ drawn: '1', asked: 0 });
  await testPage.expectNames(['red']);
});

test('a score equal to the confidence is not above it', async ({ testPage }) => {
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  await testPage.rows();
  const confidence = testPage.page.getByRole('slider', { name: 'Confidence' });
  await confidence.fill('0.62');
  await testPage.expectNames(['red', 'blue']);
  await confidence.fill('0.87');
  await testPage.expectNames(['red']);
  await confidence.fill('0.88');
  await testPage.expectNames([]);
  await confidence.fill('0');
  await testPage.expectNames(['red', 'blue']);
});

test('max detections and the class filter keep the best and the wanted', async ({ testPage }) => {
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  await testPage.rows();
  const most = testPage.page.getByRole('slider', { name: 'Max detections' });
  await most.fill('1');
  await testPage.expectNames(['red']);
  await most.fill('300');
  await testPage.page.getByRole('checkbox', { name: 'Keep red' }).uncheck();
  await testPage.expectNames(['blue']);
});

test('a hidden class leaves the canvas but not the result', async ({ testPage }) => {
  await testPage.chooseModel('tiny.onnx', tinyModel());
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  await testPage.rows();
  await testPage.page.getByRole('button', { name: 'Hide red' }).click();
  await expect(testPage.stage).toHaveAttribute('data-drawn', '1');
  await testPage.expectNames(['red', 'blue']);
});

test('image size is fixed and explained for a static model, and runs a dynamic one again', async ({ testPage }) => {
  await testPage.chooseModel('static.onnx', tinyModel());
  await expect(testPage.page.getByRole('slider', { name: 'Image size' })).toBeDisabled();
  await expect(testPage.page.getByText(/Fixed at 64 px: the model was exported with a static input/)).toBeVisible();

  await testPage.chooseModel('dynamic.onnx', tinyModel({ dynamic: true }));
  const image = await drawSquares([{ colour: 'green', left: 32, top: 32, size: 32 }], { width: 128, height: 128 });
  await testPage.chooseImages(pngFile('green.png', image));
  const size = testPage.page.getByRole('slider', { name: 'Image size' });
  await expect(size).toBeEnabled();
  await expect(size).toHaveAttribute('step', '32');
  await size.fill('128');
  expect(await testPage.rows()).toEqual([
    { name: 'green', class: 1, confidence: 0.75, box: { x1: 32, y1: 32, x2: 64, y2: 64 } },
  ]);
});
