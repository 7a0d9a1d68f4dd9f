import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './support/test-page';

/** Recorded results of the package live beside a developer's checkout, not in it. */
const fixtures = join('..', 'shared', 'fixtures');
const cases = [
  { task: 'detect', model: 'yolov8n-coco-dq.fp16.onnx', imgsz: 640, image: 'zidane.jpg' },
  { task: 'detect with embedded NMS', model: 'yolo11n-shapes-det.nms.onnx', imgsz: 320, image: 'shapes-seg-gray.jpg' },
  { task: 'segment', model: 'yolov8n-shapes-seg.fp16.onnx', imgsz: 320, image: 'shapes-seg-wide.png' },
  { task: 'pose', model: 'yolov8n-shapes-pose.fp16.onnx', imgsz: 320, image: 'shapes-pose-wide.png' },
  { task: 'obb', model: 'yolov8n-shapes-obb.fp16.onnx', imgsz: 320, image: 'shapes-obb-wide.png' },
  { task: 'classify', model: 'yolov8n-shapes-cls.fp16.onnx', imgsz: 320, image: 'shapes-cls-wide.png' },
] as const;

for (const { task, model, imgsz, image } of cases) {
  test(`${task}: Chromium answers as the package did`, async ({ testPage }) => {
    const modelPath = join(fixtures, 'models', model);
    test.skip(!existsSync(modelPath), 'the recorded references are not beside this checkout');
    test.slow();
    const reference = JSON.parse(
      readFileSync(join(fixtures, 'reference', `${model}.${imgsz}`, `${image}.json`), 'utf8'),
    );
    const expected = JSON.parse(reference.to_json);
    await testPage.page.getByLabel('Model file').setInputFiles(modelPath);
    await testPage.page.getByLabel('Images').setInputFiles(join(fixtures, 'images', image));
    const rows = await testPage.rows();

    expect(rows.map(({ name }) => name)).toEqual(expected.map(({ name }: { name: string }) => name));
    rows.forEach((row, i) => {
      expect(Math.abs(row.confidence - expected[i].confidence)).toBeLessThanOrEqual(0.02);
      for (const [side, value] of Object.entries(row.box ?? {})) {
        expect(Math.abs(value - expected[i].box[side]), `${row.name} ${side}`).toBeLessThanOrEqual(1);
      }
      row.keypoints?.x.forEach((x, k) => {
        expect(Math.abs(x - expected[i].keypoints.x[k])).toBeLessThanOrEqual(1);
        expect(Math.abs((row.keypoints?.y[k] ?? Number.NaN) - expected[i].keypoints.y[k])).toBeLessThanOrEqual(1);
      });
      expect(row.segments === undefined).toBe(expected[i].segments === undefined);
    });
  });
}
