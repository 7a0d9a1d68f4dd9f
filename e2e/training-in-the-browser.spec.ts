import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { familyFile } from '@/lib/engines/architecture/test-support/family-file';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';
import { fixedTraining } from './support/fixed-training';
import { modelFile, pngFile, TestPage } from './support/test-page';
import { labelFile, labelledSquares, squarePicture, TrainPage, test } from './support/train-page';

test.describe('the engine in Chromium', () => {
  const steps = 20;

  test('twenty steps on WASM have the losses of Node', async ({ page, baseURL }) => {
    test.setTimeout(180_000);
    const inNode = await fixedTraining(nodeSessionFactory({ threads: 1 }), gradientForms.cpu, steps);
    await openFixedTraining(page, baseURL);
    const inBrowser = await runFixedTraining(page, 'wasm', steps);
    expect(inBrowser).toHaveLength(steps);
    expect(inNode.at(-1)).toBeLessThan(inNode[0] ?? 0);
    for (const [index, loss] of inNode.entries()) {
      expect(Math.abs((inBrowser[index] ?? Number.NaN) - loss), `step ${index + 1}`).toBeLessThanOrEqual(0.01 * loss);
    }
  });

  test('a network of 64 × 64 trains on WebGPU', async ({ playwright, baseURL }) => {
    test.setTimeout(300_000);
    const browser = await playwright.chromium.launch(withSoftwareGpu());
    try {
      const page = await browser.newPage();
      await openFixedTraining(page, baseURL);
      test.skip(!(await hasGpuAdapter(page)), withoutAdapter);
      const few = 4;
      const onGpu = await runFixedTraining(page, 'webgpu', few);
      const inNode = await fixedTraining(nodeSessionFactory({ threads: 1 }), gradientForms.cpu, few);
      for (const [index, loss] of inNode.entries()) {
        expect(Math.abs((onGpu[index] ?? Number.NaN) - loss), `step ${index + 1}`).toBeLessThanOrEqual(0.01 * loss);
      }
    } finally {
      await browser.close();
    }
  });
});

test('pictures and label files train a model, which is kept; nothing is sent anywhere', async ({
  trainPage,
  baseURL,
}) => {
  test.setTimeout(300_000);
  const { page } = trainPage;
  const requests: { url: string; method: string }[] = [];
  page.on('request', (request) => requests.push({ url: request.url(), method: request.method() }));
  await trainPage.choose(...(await labelledSquares(10)));
  await expect(page.getByText('10 of 10 labelled')).toBeVisible();
  await expect(page.getByText('8 pictures are trained on, 2 are kept aside and measured.')).toBeVisible();
  await trainPage.set('Epochs', 12);
  await trainPage.set('Image size', 128);
  await page.getByRole('switch', { name: 'Vary the pictures' }).uncheck();
  await trainPage.start();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  await trainPage.ended('Training has ended');
  const { first, last } = await trainPage.lossSums();
  expect(last).toBeLessThan(0.75 * first);
  await expect(page.getByText('on 2 pictures that were not trained on')).toBeVisible();

  const { name, bytes } = await trainPage.saveOnnx();
  expect(name).toBe('sightline-n-tuned.onnx');
  const { readings } = await identifyModel(bytesSource(bytes));
  expect(readings[0].spec).toMatchObject({
    task: 'detect',
    names: ['class0'],
    input: { size: { height: 128, width: 128 } },
  });

  const own = new URL(baseURL ?? '').origin;
  for (const { url, method } of requests.filter((request) => /^https?:/.test(request.url))) {
    expect([new URL(url).origin, method], url).toEqual([own, 'GET']);
  }

  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(page.getByText(/from your last training on this machine/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Use on the Test tab' }).click();
  await expect(page.getByRole('button', { name: /^sightline-n-tuned\.onnx/ })).toBeVisible({ timeout: 60_000 });
});

test('the graphics card trains when it is chosen on the page', async ({ playwright, baseURL }) => {
  test.setTimeout(400_000);
  const browser = await playwright.chromium.launch(withSoftwareGpu());
  try {
    const page = await browser.newPage({ baseURL });
    const trainPage = new TrainPage(page);
    await trainPage.open();
    test.skip(!(await hasGpuAdapter(page)), withoutAdapter);
    const runtimes: string[] = [];
    page.context().on('request', (request) => {
      if (request.url().endsWith('.wasm')) runtimes.push(request.url());
    });
    await trainPage.choose(...(await labelledSquares(2)));
    await trainPage.set('Epochs', 2);
    await trainPage.set('Image size', 64);
    await trainPage.set('Batch', 2);
    await page.getByRole('switch', { name: 'Vary the pictures' }).uncheck();
    await page.getByRole('combobox', { name: 'Where training runs' }).selectOption('webgpu');
    await trainPage.start();
    await trainPage.ended('Training has ended', 300_000);
    expect(runtimes.some((url) => /asyncify/.test(url))).toBe(true);
    const { first } = await trainPage.lossSums();
    expect(first).toBeGreaterThan(0);
    await expect(page.getByRole('button', { name: 'Save ONNX' })).toBeVisible();
  } finally {
    await browser.close();
  }
});

test('a run is stopped and keeps what it has', async ({ trainPage }) => {
  test.setTimeout(240_000);
  const { page } = trainPage;
  await trainPage.choose(...(await labelledSquares(4)));
  await trainPage.set('Epochs', 500);
  await trainPage.set('Image size', 64);
  await expect(page.getByText('All 4 labelled pictures are trained on and measured')).toBeVisible();
  await trainPage.start();
  await expect(trainPage.status).toHaveText(/^[1-9]\d* of 500 epochs done$/, { timeout: 120_000 });
  await page.getByRole('button', { name: 'Stop' }).click();
  await trainPage.ended('Training was stopped');
  await expect(page.getByText(/stopped after .*, the weights of epoch/)).toBeVisible();
  await expect(page.getByText('the pictures it was trained on: how it does on others is not known')).toBeVisible();
});

test('boxes are drawn, moved, resized and undone by mouse', async ({ trainPage }) => {
  const { page } = trainPage;
  await trainPage.choose(pngFile('one.png', await squarePicture(20, 30)));
  await expect(page.getByText('0 of 1 labelled')).toBeVisible();
  await expect.poll(async () => Number(await trainPage.stage.getAttribute('data-scale'))).toBeGreaterThan(1);
  await page.getByRole('textbox', { name: 'Name of a new class' }).fill('bolt');
  await page.keyboard.press('Enter');
  await trainPage.drag([20, 30], [68, 78]);
  await expect.poll(() => trainPage.boxes()).toEqual([[20, 30, 68, 78]]);
  await expect(page.getByText('1 of 1 labelled')).toBeVisible();
  await trainPage.drag([40, 50], [50, 45]);
  await expect.poll(() => trainPage.boxes()).toEqual([[30, 25, 78, 73]]);
  await trainPage.drag([78, 73], [90, 100]);
  await expect.poll(() => trainPage.boxes()).toEqual([[30, 25, 90, 100]]);
  await page.keyboard.press('Escape');
  // Within a box that is not selected another one is drawn.
  await trainPage.drag([50, 50], [60, 62]);
  await expect.poll(() => trainPage.boxes()).toHaveLength(2);
  await page.keyboard.press('Delete');
  await expect.poll(() => trainPage.boxes()).toEqual([[30, 25, 90, 100]]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => trainPage.boxes()).toEqual([[30, 25, 78, 73]]);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect.poll(() => trainPage.boxes()).toEqual([[30, 25, 90, 100]]);
});

test('boxes are drawn by the keyboard alone', async ({ trainPage }) => {
  const { page } = trainPage;
  await trainPage.choose(
    pngFile('one.png', await squarePicture(20, 30)),
    pngFile('two.png', await squarePicture(40, 10)),
  );
  await expect.poll(async () => Number(await trainPage.stage.getAttribute('data-scale'))).toBeGreaterThan(1);
  await trainPage.stage.getByRole('img').focus();
  await page.keyboard.press('b');
  await expect.poll(() => trainPage.boxes()).toEqual([[43, 43, 85, 85]]);
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await expect.poll(() => trainPage.boxes()).toEqual([[33, 42, 85, 84]]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('button', { name: 'two.png, not labelled' })).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('e');
  await expect(page.getByRole('button', { name: 'two.png, 0 labels' })).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press(']');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('button', { name: 'one.png, not labelled' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: 'one.png, 1 label' })).toBeVisible();
});

test('what is wrong with dropped files is told with file and line', async ({ trainPage }) => {
  const { page } = trainPage;
  await trainPage.chooseModel(modelFile('answers.onnx', tinyModel()));
  await expect(page.getByRole('alert').filter({ hasText: 'answers.onnx is ONNX' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'A new network' }).click();
  await page.getByRole('textbox', { name: 'Name of a new class' }).fill('bolt');
  await page.keyboard.press('Enter');
  await trainPage.choose(
    pngFile('one.png', await squarePicture(20, 30)),
    labelFile('one.txt', '0 0.5 0.5 0.2 0.2\n4 0.5 0.5 0.2 0.2\n'),
    labelFile('lost.txt', '0 0.5 0.5 0.2 0.2\n'),
    { name: 'cut.png', mimeType: 'image/png', buffer: (await squarePicture(1, 1)).subarray(0, 60) },
  );
  const problems = page.getByRole('region', { name: 'Problems', exact: true });
  await expect(problems).toContainText('one.txt, line 2');
  await expect(problems).toContainText('There is no picture called lost');
  await expect(page.getByRole('button', { name: 'one.png, 1 label' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^cut\.png, error/ })).toBeVisible();
});

test('a checkpoint of the Test tab is handed over', async ({ page }) => {
  const testPage = new TestPage(page);
  await testPage.open();
  await testPage.chooseModel('birds.pt', await familyFile('yolov8n'));
  await page.getByRole('button', { name: 'Fine-tune this model' }).click({ timeout: 60_000 });
  await expect(page).toHaveURL(/\/test\/train\?model=[0-9a-f]{64}$/);
  const model = page.getByRole('region', { name: 'Model', exact: true });
  await expect(model.getByText('birds.pt')).toBeVisible({ timeout: 60_000 });
  await expect(model.getByRole('button', { name: 'Another .pt' })).toBeVisible({ timeout: 60_000 });
});

test('without labels a start says what is missing', async ({ trainPage }) => {
  await trainPage.start();
  await expect(trainPage.page.getByRole('region', { name: 'Run' }).getByRole('alert')).toContainText(
    'No class has a name yet.',
  );
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 360, height: 780 },
  ]) {
    test(`no accessibility fault at ${viewport.width} px, ${colorScheme}`, async ({
      trainPage: { page, ...trainPage },
    }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      await expectNoViolations(page);
      await page.getByLabel('Pictures and labels').setInputFiles([...(await labelledSquares(3))]);
      await expect(trainPage.stage.locator('g[data-label]').first()).toBeVisible();
      await expectNoViolations(page);
    });
  }
}

test.describe('in a hand', () => {
  test.use({ viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true });

  test('pictures are chosen and labelled by touch', async ({ trainPage }) => {
    const { page } = trainPage;
    await trainPage.choose(pngFile('one.png', await squarePicture(20, 30)));
    await expect.poll(async () => Number(await trainPage.stage.getAttribute('data-scale'))).toBeGreaterThan(1);
    await page.getByRole('button', { name: 'Add a box' }).tap();
    await expect.poll(() => trainPage.boxes()).toHaveLength(1);
    await page.getByRole('button', { name: 'Train', exact: true }).tap();
    await expect(page.getByRole('button', { name: 'Start training' })).toBeVisible();
  });
});

const withoutAdapter = 'this Chromium offers no WebGPU adapter, not even a software one';

/** A browser whose graphics card is a program. */
function withSoftwareGpu() {
  return {
    executablePath: process.env.CHROMIUM_PATH,
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan'],
  };
}

function hasGpuAdapter(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const gpu: unknown = Reflect.get(navigator, 'gpu');
    if (typeof gpu !== 'object' || gpu === null) return false;
    const request: unknown = Reflect.get(gpu, 'requestAdapter');
    return typeof request === 'function' && (await request.call(gpu)) !== null;
  });
}

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
}

/** A bare page with the steps and the runtime's own files, at an address beside the application's. */
async function openFixedTraining(page: Page, baseURL: string | undefined): Promise<void> {
  const entry = join('e2e', 'support', 'fixed-training-page.ts');
  const bundle = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    write: false,
    target: 'es2022',
    alias: { '@': process.cwd() },
  });
  const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
  await page.route('**/fixed-training/**', async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    if (name === 'entry.js') {
      return route.fulfill({ headers, contentType: 'text/javascript', body: bundle.outputFiles[0]?.text ?? '' });
    }
    if (name.endsWith('.wasm')) {
      const body = await readFile(join('node_modules', 'onnxruntime-web', 'dist', name));
      return route.fulfill({ headers, contentType: 'application/wasm', body });
    }
    const body = '<!doctype html><title>steps</title><script type="module" src="/fixed-training/entry.js"></script>';
    return route.fulfill({ headers, contentType: 'text/html', body });
  });
  await page.goto(`${baseURL}/fixed-training/`);
  await page.waitForFunction(() => Reflect.has(window, 'fixedTraining'));
}

function runFixedTraining(page: Page, backend: 'wasm' | 'webgpu', steps: number): Promise<number[]> {
  return page.evaluate(
    ([chosen, count]) => {
      const run: unknown = Reflect.get(window, 'fixedTraining');
      if (typeof run !== 'function') throw new Error('The steps are on the page.');
      return run(chosen, count);
    },
    [backend, steps] as const,
  );
}
