import { mkdtemp, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect } from '@playwright/test';
import { type TinyBreakage, tinyBrokenModel } from '@/lib/engines/model-files/test-support/tiny-broken-models';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { redAndBlue } from './support/drawn-images';
import { modelFile, pngFile, type TestPage, test } from './support/test-page';

/** A good model and image are there first; after the bad input they must still be, and still work. */
async function begin(testPage: TestPage): Promise<void> {
  await testPage.chooseModel('good.onnx', tinyModel());
  await testPage.chooseImages(pngFile('good.png', await redAndBlue()));
  await testPage.expectNames(['red', 'blue']);
}

async function expectNothingLost(testPage: TestPage): Promise<void> {
  await testPage.page.getByRole('button', { name: /^good\.onnx/ }).click();
  await testPage.page.getByRole('button', { name: /^good\.png/ }).click();
  await testPage.status('done');
  await testPage.expectNames(['red', 'blue']);
}

function alert(testPage: TestPage, text: RegExp) {
  return testPage.page.getByRole('alert').filter({ hasText: text }).first();
}

const models: readonly { name: string; bytes: () => Uint8Array; says: RegExp }[] = [
  { name: 'photo.onnx', bytes: () => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, ...new Array(200).fill(7)), says: /JPEG/ },
  { name: 'empty.onnx', bytes: () => new Uint8Array(), says: /empty/i },
  { name: 'text.onnx', bytes: () => new TextEncoder().encode('hello '.repeat(100)), says: /not an ONNX|text/i },
  ...(
    [
      ['truncated', /truncated|ends|cut|incomplete/i],
      ['external-data', /weights\.bin/],
      ['wrong-output', /output/i],
      ['wrong-input', /input/i],
    ] as const
  ).map(([breakage, says]) => ({ name: `${breakage}.onnx`, bytes: () => tinyBrokenModel(breakage), says })),
];

for (const { name, bytes, says } of models) {
  test(`refuses ${name} with a sentence, and nothing is lost`, async ({ testPage }) => {
    await begin(testPage);
    await testPage.chooseModel(name, bytes());
    await expect(alert(testPage, says)).toBeVisible();
    await expectNothingLost(testPage);
  });
}

const runFaults: readonly [TinyBreakage, RegExp][] = [
  ['unknown-operator', /SightlineNoSuchOperator/],
  ['fails-at-run', /Gather|out of|index|runtime/i],
  ['huge-memory', /memory|large/i],
];
for (const [breakage, says] of runFaults) {
  test(`a model that fails when it runs (${breakage}) is told at the model, and nothing is lost`, async ({
    testPage,
  }) => {
    await begin(testPage);
    await testPage.chooseModel(`${breakage}.onnx`, tinyBrokenModel(breakage));
    await expect(alert(testPage, says)).toBeVisible({ timeout: 60_000 });
    await expectNothingLost(testPage);
  });
}

test('a model that exhausts the memory of its worker does not take the page down', async ({ testPage }) => {
  test.slow();
  await begin(testPage);
  await testPage.chooseModel('greedy.onnx', tinyBrokenModel('wasm-memory'));
  await expect(alert(testPage, /memory/i)).toBeVisible({ timeout: 120_000 });
  await expectNothingLost(testPage);
});

const images: readonly { name: string; bytes: () => Buffer; says: RegExp }[] = [
  { name: 'nothing.png', bytes: () => Buffer.alloc(0), says: /0 bytes|empty/i },
  {
    name: 'letter.jpg',
    bytes: () => Buffer.from('Dear Sir, this is no picture. '.repeat(20)),
    says: /text|not an image/i,
  },
  { name: 'paper.png', bytes: () => Buffer.from('%PDF-1.7\n'.padEnd(400, 'x')), says: /PDF/ },
  { name: 'huge.png', bytes: () => pngHeader(20_000, 20_000), says: /20.?000 × 20.?000/ },
  { name: 'cut.png', bytes: () => pngHeader(64, 64), says: /cut|truncated|decode|damaged|incomplete/i },
];

for (const { name, bytes, says } of images) {
  test(`refuses the image ${name} with a sentence, and nothing is lost`, async ({ testPage }) => {
    await begin(testPage);
    await testPage.chooseImages(pngFile(name, bytes()));
    await testPage.page.getByRole('button', { name: new RegExp(`^${name.replace('.', '\\.')}`) }).click();
    await expect(alert(testPage, says)).toBeVisible();
    await testPage.status('error');
    await expectNothingLost(testPage);
  });
}

test('a 500 MB file that is no video is refused at once, without being read whole', async ({ testPage }) => {
  await begin(testPage);
  const path = join(await mkdtemp(join(tmpdir(), 'sightline-')), 'film.mp4');
  const file = await open(path, 'w');
  await file.truncate(500 * 1024 * 1024);
  await file.close();
  await testPage.page.getByLabel('Video file').setInputFiles(path);
  await expect(alert(testPage, /video|film\.mp4/i)).toBeVisible();
  await testPage.page.getByRole('button', { name: 'Back to images' }).first().click();
  await expectNothingLost(testPage);
});

test('good and bad files dropped together: the good ones run', async ({ testPage }) => {
  await testPage.drop(
    modelFile('bad.onnx', tinyBrokenModel('truncated')),
    modelFile('good.onnx', tinyModel()),
    pngFile('nothing.png', Buffer.alloc(0)),
    pngFile('good.png', await redAndBlue()),
  );
  await expectNothingLost(testPage);
});

/** A PNG that says its size and then ends. */
function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(25);
  header.writeUInt32BE(13, 0);
  header.write('IHDR', 4, 'latin1');
  header.writeUInt32BE(width, 8);
  header.writeUInt32BE(height, 12);
  header.set([8, 2, 0, 0, 0], 16);
  header.writeUInt32BE(crc32(header.subarray(4, 21)), 21);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), header]);
}
