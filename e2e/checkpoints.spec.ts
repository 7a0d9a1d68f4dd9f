import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { familyFile } from '@/lib/engines/architecture/test-support/family-file';
import { executingPickles } from '@/lib/engines/model-files/checkpoint/test-support/hostile-pickles';
import { zipOf } from '@/lib/engines/model-files/checkpoint/test-support/write-checkpoint';
import { redAndBlue } from './support/drawn-images';
import { modelFile, pngFile, type ResultRow, type TestPage, test } from './support/test-page';

/** Recorded results of the package live beside a developer's checkout, not in it. */
const fixtures = join('..', 'shared', 'fixtures');
const fixtureModel = (name: string) => join(fixtures, 'models', name);
const fixtureImage = (name: string) => join(fixtures, 'images', name);
const withoutFixtures = 'the recorded references are not beside this checkout';

/** What a row says that was opened before: nothing was converted for it. */
const convertedEarlier = '.pt, converted on an earlier visit';

function expectedRows(folder: string, image: string): readonly ResultRow[] {
  const { to_json } = JSON.parse(readFileSync(join(fixtures, 'reference', folder, `${image}.json`), 'utf8'));
  return JSON.parse(to_json);
}

/** The tolerance of contracts for the same file on the same image. */
function expectSameRows(rows: readonly ResultRow[], expected: readonly ResultRow[]): void {
  expect(rows.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
  for (const [i, row] of rows.entries()) {
    const recorded = expected[i];
    expect(Math.abs(row.confidence - (recorded?.confidence ?? Number.NaN))).toBeLessThanOrEqual(0.02);
    for (const [side, value] of Object.entries(row.box ?? {})) {
      expect(Math.abs(value - (recorded?.box?.[side] ?? Number.NaN)), `${row.name} ${side}`).toBeLessThanOrEqual(1);
    }
    for (const [k, x] of (row.keypoints?.x ?? []).entries()) {
      expect(Math.abs(x - (recorded?.keypoints?.x[k] ?? Number.NaN))).toBeLessThanOrEqual(1);
    }
    expect(row.segments === undefined).toBe(recorded?.segments === undefined);
  }
}

function facts(page: Page, name: string) {
  return page.getByRole('button', { name: `Facts about ${name}` });
}

/** Opens “Save as…” of the model in use, and gives the file that its button saves. */
async function saveAs(page: Page, prepare: () => Promise<void> = async () => {}) {
  await page.getByRole('button', { name: 'Save as…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save as' });
  await prepare();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  await expect(dialog.getByRole('status')).toContainText(download.suggestedFilename());
  await dialog.getByRole('button', { name: 'Close' }).click();
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

async function classify(testPage: TestPage): Promise<readonly ResultRow[]> {
  await testPage.chooseModel('best.pt', await familyFile('yolov8n-cls'));
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  return testPage.rows();
}

test('four persons and a bus, from a .pt dropped with its picture', async ({ testPage }) => {
  const model = fixtureModel('yolov8n-coco-dq.pt');
  test.skip(!existsSync(model), withoutFixtures);
  test.slow();
  await testPage.drop(modelFile('yolov8n-coco-dq.pt', readFileSync(model)), {
    name: 'bus.jpg',
    mimeType: 'image/jpeg',
    buffer: readFileSync(fixtureImage('bus.jpg')),
  });
  const names = (await testPage.rows()).map(({ name }) => name);
  expect(names.toSorted()).toEqual(['bus', 'person', 'person', 'person', 'person']);
  await expect(testPage.page.getByRole('region', { name: 'What is in this file' })).toContainText(
    'Nothing in this file was executed',
  );

  // Saved at a fixed size it answers what the package's own .pt does on a square.
  const onnx = await saveAs(testPage.page);
  expect(onnx.name).toBe('yolov8n-coco-dq.onnx');
  await testPage.chooseModel(onnx.name, onnx.bytes);
  await expect(testPage.page.getByRole('button', { name: /^yolov8n-coco-dq\.onnx.*detect · 80/ })).toBeVisible();
  expectSameRows(await testPage.rows(), expectedRows('yolov8n-coco-dq.pt.ptsquare.640', 'bus.jpg'));
});

const recorded = [
  { task: 'segment', model: 'yolov8n-shapes-seg.pt', image: 'shapes-seg-alpha.png' },
  { task: 'pose', model: 'yolov8n-shapes-pose.pt', image: 'shapes-pose-alpha.png' },
  { task: 'obb', model: 'yolov8n-shapes-obb.pt', image: 'shapes-obb-alpha.png' },
  { task: 'classify', model: 'yolov8n-shapes-cls.pt', image: 'shapes-cls-star.jpg' },
] as const;

for (const { task, model, image } of recorded) {
  test(`${task}: a .pt answers in Chromium as in the package`, async ({ testPage }) => {
    test.skip(!existsSync(fixtureModel(model)), withoutFixtures);
    test.slow();
    await testPage.page.getByLabel('Model file').setInputFiles(fixtureModel(model));
    await testPage.page.getByLabel('Images').setInputFiles(fixtureImage(image));
    expectSameRows(await testPage.rows(), expectedRows(`${model}.ptsquare.320`, image));
  });
}

test('a checkpoint runs, and the ONNX file it is saved as answers the same', async ({ testPage }) => {
  const rows = await classify(testPage);
  expect(rows.length).toBeGreaterThan(0);
  const onnx = await saveAs(testPage.page);
  expect(onnx.name).toBe('best.onnx');
  await testPage.chooseModel('again.onnx', onnx.bytes);
  await expect(testPage.page.getByRole('button', { name: /^again\.onnx.*classify/ })).toBeVisible();
  expectSameRows(await testPage.rows(), rows);
});

test('what is saved has the options that were asked for', async ({ testPage }) => {
  const { page } = testPage;
  await testPage.chooseModel('net.pt', await familyFile('yolov8n'));
  const onnx = await saveAs(page, async () => {
    await page.getByRole('textbox', { name: 'Width' }).fill('96');
    await page.getByRole('textbox', { name: 'Height' }).fill('64');
    await page.getByRole('switch', { name: /^Half precision/ }).check({ force: true });
    await page.getByRole('combobox', { name: 'Opset' }).selectOption('19');
    await page.getByRole('combobox', { name: 'Boxes' }).selectOption('suppressed');
  });
  await testPage.chooseModel('saved.onnx', onnx.bytes);
  await expect(page.getByRole('button', { name: /^saved\.onnx.*detect · 3 · fp16/ })).toBeVisible();
  await facts(page, 'saved.onnx').click();
  const models = page.getByRole('complementary', { name: 'Models' });
  await expect(models).toContainText('96 × 64');
  await expect(models).toContainText('19');
});

test('weights are saved as safetensors', async ({ testPage }) => {
  const { page } = testPage;
  await testPage.chooseModel('net.pt', await familyFile('yolov8n'));
  const { name, bytes } = await saveAs(page, () => page.getByRole('button', { name: 'safetensors' }).click());
  expect(name).toBe('net.safetensors');
  const header: unknown = JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString());
  expect(header).toHaveProperty(['model.0.conv.weight']);
});

test('a checkpoint is converted once: after a reload it runs from what was kept', async ({ testPage }) => {
  const { page } = testPage;
  const rows = await classify(testPage);
  await testPage.open();
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  expectSameRows(await testPage.rows(), rows);
  await facts(page, 'best.pt').click();
  await expect(page.getByText(convertedEarlier)).toBeVisible();

  // Removed, it takes along what it was converted to.
  await page.getByRole('button', { name: /^best\.pt/ }).hover();
  await page.getByRole('button', { name: 'Remove best.pt' }).click();
  const kept = () =>
    page.evaluate(async () => {
      const names: string[] = [];
      const root = await navigator.storage.getDirectory();
      for (const folder of ['models', 'conversions']) {
        for await (const name of (await root.getDirectoryHandle(folder)).keys()) names.push(name);
      }
      return names;
    });
  await expect.poll(kept).toEqual([]);
});

test('a checkpoint that would run a command is refused, and what it would have done is shown', async ({ testPage }) => {
  const { page } = testPage;
  const [hostile] = executingPickles('touch /tmp/sightline-was-here');
  await testPage.drop(modelFile('best.pt', zipOf(hostile?.bytes ?? new Uint8Array())));
  const models = page.getByRole('complementary', { name: 'Models' });
  await expect(models.getByRole('alert')).toContainText('os.system');
  const findings = models.getByRole('region', { name: 'What is in this file' });
  await expect(findings).toContainText('Nothing in this file was executed');
  await expect(findings).toContainText('1 of 1 name is dangerous');

  await models.getByRole('button', { name: 'What is in this file' }).click();
  const dialog = page.getByRole('dialog', { name: 'What is in this file' });
  await expect(dialog.getByRole('list', { name: 'Dangerous names' })).toContainText('os.system');
  await dialog.getByRole('tab', { name: 'Pickle' }).click();
  await expect(dialog.getByRole('listitem')).toContainText('dangerous');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 360]) {
    test(`the inspector is for everybody at ${width} px, ${colorScheme}`, async ({ testPage }) => {
      const { page } = testPage;
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 780 });
      await testPage.chooseModel('net.pt', await familyFile('yolov8n'));
      await page.getByRole('button', { name: 'What is in this file' }).click();
      const dialog = page.getByRole('dialog', { name: 'What is in this file' });
      await expect(dialog).toContainText('DetectionModel');
      for (const tab of ['Summary', 'Pickle', 'Training', 'Layers', 'Classes']) {
        await dialog.getByRole('tab', { name: tab }).click();
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
          .analyze();
        expect(violations.map(({ id, nodes }) => [tab, id, nodes.map(({ target }) => target.join(' '))])).toEqual([]);
      }
      const isTooWide = await dialog.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
      expect(isTooWide).toBe(false);

      await dialog.getByRole('tab', { name: 'Layers' }).click();
      const search = dialog.getByRole('searchbox', { name: 'Search layers' });
      await search.fill('sppf');
      await expect(dialog.getByRole('listitem')).toHaveCount(1);
      await expect(dialog.getByRole('listitem')).toContainText('SPPF');
      await page.keyboard.press('Escape');
      await expect(search).toHaveValue('');
      await expect(dialog).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    });
  }
}
