import { expect } from '@playwright/test';
import { tinyModel, tinyProbabilities } from '@/lib/engines/model-files/test-support/tiny-models';
import { drawSquares, redAndBlue } from './support/drawn-images';
import { modelFile, pngFile, test } from './support/test-page';

const red = { x1: 16, y1: 16, x2: 32, y2: 32 };
const blue = { x1: 48, y1: 40, x2: 56, y2: 48 };

test('detect: the boxes of both squares, in pixels of the image', async ({ testPage }) => {
  await testPage.chooseModel('tiny.onnx', tinyModel({ task: 'detect' }));
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  expect(await testPage.rows()).toEqual([
    { name: 'red', class: 0, confidence: 0.875, box: red },
    { name: 'blue', class: 2, confidence: 0.625, box: blue },
  ]);
  await expect(testPage.stage).toHaveAttribute('data-drawn', '2');
});

test('detect by drag and drop of model and image together', async ({ testPage }) => {
  await testPage.drop(modelFile('tiny.onnx', tinyModel()), pngFile('squares.png', await redAndBlue()));
  expect((await testPage.rows()).map(({ box }) => box)).toEqual([red, blue]);
});

for (const layout of ['anchors-objectness', 'anchors-transposed', 'rows'] as const) {
  test(`detect with the head layout ${layout}`, async ({ testPage }) => {
    await testPage.drop(
      modelFile('tiny.onnx', tinyModel({ layout, metadata: layout === 'rows' ? 'full' : 'names' })),
      pngFile('squares.png', await redAndBlue()),
    );
    expect((await testPage.rows()).map(({ name, box }) => ({ name, box }))).toEqual([
      { name: 'red', box: red },
      { name: 'blue', box: blue },
    ]);
  });
}

for (const options of [{ dynamic: true }, { batch: 4 }, { elementType: 'float16' as const }, { width: 128 }]) {
  test(`detect with a model of another kind: ${JSON.stringify(options)}`, async ({ testPage }) => {
    const width = options.width ?? 64;
    const image = await drawSquares([{ colour: 'green', left: 32, top: 16, size: 16 }], { width, height: 64 });
    await testPage.drop(modelFile('tiny.onnx', tinyModel(options)), pngFile('green.png', image));
    expect(await testPage.rows()).toEqual([
      { name: 'green', class: 1, confidence: 0.75, box: { x1: 32, y1: 16, x2: 48, y2: 32 } },
    ]);
  });
}

test('segment: a polygon inside each box', async ({ testPage }) => {
  await testPage.chooseModel('tiny-seg.onnx', tinyModel({ task: 'segment' }));
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  const rows = await testPage.rows();
  expect(rows.map(({ name }) => name)).toEqual(['red', 'blue']);
  for (const { box, segments } of rows) {
    if (!segments || !box) throw new Error('A segment row has a box and segments.');
    expect(Math.min(...segments.x)).toBeGreaterThanOrEqual(box.x1);
    expect(Math.max(...segments.x)).toBeLessThanOrEqual(box.x2);
    expect(Math.max(...segments.y) - Math.min(...segments.y)).toBeGreaterThan((box.y2 - box.y1) / 2);
  }
});

test('pose: five keypoints with their visibility', async ({ testPage }) => {
  await testPage.chooseModel('tiny-pose.onnx', tinyModel({ task: 'pose' }));
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  const rows = await testPage.rows();
  expect(rows).toHaveLength(1);
  expect(rows[0].keypoints).toEqual({
    x: [16, 32, 32, 16, 24],
    y: [16, 16, 32, 32, 24],
    visible: [0.9375, 0.875, 0.75, 0.25, 1],
  });
});

test('obb: four corners, turned', async ({ testPage }) => {
  await testPage.chooseModel('tiny-obb.onnx', tinyModel({ task: 'obb' }));
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  const rows = await testPage.rows();
  expect(rows.map(({ name }) => name)).toEqual(['red', 'blue']);
  const { box } = rows[0];
  if (!box) throw new Error('An oriented row has a box.');
  expect(Object.keys(box)).toEqual(['x1', 'y1', 'x2', 'y2', 'x3', 'y3', 'x4', 'y4']);
  expect((box.x1 + box.x3) / 2).toBeCloseTo(24, 3);
  expect(Math.atan2(box.y1 - box.y4, box.x1 - box.x4)).toBeCloseTo(0.25, 3);
});

test('classify: probabilities, best first', async ({ testPage }) => {
  await testPage.chooseModel('tiny-cls.onnx', tinyModel({ task: 'classify' }));
  await testPage.chooseImages(pngFile('red.png', await drawSquares([{ colour: 'red', left: 0, top: 0, size: 64 }])));
  const rows = await testPage.rows();
  expect(rows.map(({ name }) => name).slice(0, 2)).toEqual(['red', 'green']);
  expect(rows.map(({ confidence }) => confidence)).toEqual([...tinyProbabilities[0]]);
});

test('semantic: the share of the image each class covers', async ({ testPage }) => {
  await testPage.chooseModel('tiny-sem.onnx', tinyModel({ task: 'semantic' }));
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  const shares = Object.fromEntries((await testPage.rows()).map(({ name, pixel_ratio }) => [name, pixel_ratio]));
  expect(shares.red).toBeCloseTo(256 / 4096, 4);
  expect(shares.blue).toBeCloseTo(64 / 4096, 4);
});

test('depth: nearest and farthest metres', async ({ testPage }) => {
  await testPage.chooseModel('tiny-depth.onnx', tinyModel({ task: 'depth' }));
  await testPage.chooseImages(pngFile('squares.png', await redAndBlue()));
  await testPage.status('done');
  const document = JSON.parse((await testPage.resultJson.textContent()) ?? '');
  const depth = Array.isArray(document) ? document[0] : document;
  expect(depth).toMatchObject({ shape: [64, 64], min: 1.5, max: 12 });
});
