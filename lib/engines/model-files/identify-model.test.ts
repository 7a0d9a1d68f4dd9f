import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import { readHeads } from '@/lib/engines/model-files/read-heads';
import { type TinyOptions, tinyModel, tinyNames } from '@/lib/engines/model-files/test-support/tiny-models';

describe('identifyModel on tiny models', () => {
  const cases: readonly TinyOptions[] = [
    {},
    { layout: 'anchors-transposed' },
    { layout: 'anchors-objectness' },
    { layout: 'rows' },
    { task: 'segment' },
    { task: 'segment', layout: 'rows' },
    { task: 'pose' },
    { task: 'pose', layout: 'rows' },
    { task: 'obb' },
    { task: 'obb', layout: 'rows' },
    { task: 'classify' },
    { task: 'semantic' },
    { task: 'semantic', layout: 'class-logits' },
    { task: 'depth' },
  ];

  it.each(cases)('reads %j the same with and without metadata, static and dynamic', async (options) => {
    for (const dynamic of [false, true]) {
      const [sure, ...others] = (await identifyModel(bytesSource(tinyModel({ ...options, dynamic })))).readings;
      expect(others).toEqual([]);
      const { names } = sure.spec;
      expect(names).toEqual(tinyNames[options.task ?? 'detect'].slice(0, names.length));
      expect(sure.spec.head).toMatchObject({
        task: options.task ?? 'detect',
        ...(options.layout ? { layout: options.layout } : {}),
      });
      const unnamed = tinyModel({ ...options, dynamic, metadata: 'none' });
      const bare = (await identifyModel(bytesSource(unnamed))).readings;
      const heads = bare.map(({ spec }) => ({
        task: spec.task,
        layout: spec.head.layout,
        extras: spec.head.extraCount,
      }));
      const { task, layout, extraCount } = sure.spec.head;
      expect(heads).toContainEqual({ task, layout, extras: extraCount });
    }
  });
});

const fixtures = new URL('../../../../shared/fixtures/models/', import.meta.url);

describe.skipIf(!existsSync(fixtures))('identifyModel on exported models', () => {
  it.each([
    ['yolov8n-coco-dq.fp16.onnx', 'Detect, 80 classes'],
    ['yolov8n_int8.onnx', 'Detect, 80 classes'],
    ['yolov8n-shapes-seg.fp16.onnx', 'Segment, 3 classes'],
    ['yolov8n-shapes-pose.fp16.onnx', 'Pose, 5 keypoints × 3, 1 class'],
    ['yolov8n-shapes-obb.fp16.onnx', 'OBB, 2 classes'],
    ['yolov8n-shapes-cls.fp16.onnx', 'Classify, 4 classes'],
    ['yolo26n-random.fp16.onnx', 'Detect, 80 classes, final rows'],
    ['yolo11n-shapes-det.nms.onnx', 'Detect, 3 classes, final rows'],
  ])('gives %s one sure reading', async (file, label) => {
    const { readings, facts } = await identifyModel(bytesSource(new Uint8Array(readFileSync(new URL(file, fixtures)))));
    expect(readings.map((reading) => reading.label)).toEqual([label]);
    const bare = readHeads({ ...facts, metadata: null });
    const { task, layout } = readings[0].spec.head;
    const found = bare.map(({ spec }) => `${spec.task} ${spec.head.layout}`);
    expect(found).toContain(`${task} ${layout}`);
  });
});
