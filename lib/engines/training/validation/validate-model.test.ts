import { describe, expect, it } from 'vitest';
import { Fault } from '@/lib/core/fault';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import { type TinyOptions, tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import type { TrainingSet } from '@/lib/engines/training/batch/training-set';
import { createValidationImages } from '@/lib/engines/training/batch/validation-batches';
import { labelledBatch } from '@/lib/engines/training/validation/labelled-batch';
import { fitnessOf, namedMetrics } from '@/lib/engines/training/validation/model-scores';
import { scoresDocument } from '@/lib/engines/training/validation/scores-document';
import { validateModel } from '@/lib/engines/training/validation/validate-model';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

const side = 64;
const names = ['red', 'green', 'blue'];
const colours = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
];

type Square = { readonly classId: number; readonly left: number; readonly top: number };

/** Squares of 16 pixels, which the tiny models find exactly, on grey. */
const drawings: ReadonlyMap<string, readonly Square[]> = new Map([
  [
    '/1.png',
    [
      { classId: 0, left: 16, top: 16 },
      { classId: 1, left: 32, top: 32 },
    ],
  ],
  ['/2.png', [{ classId: 2, left: 0, top: 48 }]],
  ['/3.png', []],
]);

async function decode(path: string): Promise<PixelImage> {
  if (path === '/damaged.png') throw new Fault({ code: 'image-truncated', found: 'It ends.', remedy: 'Copy it.' });
  const data = new Uint8Array(side * side * 3).fill(114);
  for (const { classId, left, top } of drawings.get(path) ?? []) {
    for (let y = top; y < top + 16; y++) {
      for (let x = left; x < left + 16; x++) data.set(colours[classId], (y * side + x) * 3);
    }
  }
  return { width: side, height: side, channels: 3, data };
}

function labelOf({ classId, left, top }: Square, shift = 0) {
  const box = { cx: (left + 8 + shift) / side, cy: (top + 8) / side, width: 16 / side, height: 16 / side };
  return { classId, box, outline: null, keypoints: null };
}

const detectSet: TrainingSet = {
  task: 'detect',
  skeleton: null,
  images: Array.from(drawings, ([path, squares]) => ({ path, labels: squares.map((square) => labelOf(square)) })),
};

async function validated(set: TrainingSet, options: TinyOptions, batch: number, classNames = names) {
  const bytes = tinyModel(options);
  const { facts, readings } = await identifyModel(bytesSource(bytes));
  const session = await nodeSessionFactory({ threads: 1 })(bytes, facts);
  const seen: number[] = [];
  const images = createValidationImages({
    task: set.task,
    paths: set.images.map(({ path }) => path),
    imgsz: side,
    batch,
    decode,
    cacheBytes: 0,
    onProblem: () => undefined,
  });
  try {
    const scores = await validateModel({
      set,
      names: classNames,
      sigmas: null,
      session,
      spec: readings[0].spec,
      images,
      batch,
      imgsz: side,
      onBatch: async ({ items }) => {
        seen.push(items.length);
      },
    });
    return { scores, seen };
  } finally {
    await session.dispose();
  }
}

describe('validateModel', () => {
  it.each([1, 2])('finds all objects that are there, in batches of %i', async (batch) => {
    const { scores, seen } = await validated(detectSet, { batch }, batch);
    expect(namedMetrics(scores)).toEqual({
      'precision(B)': 1,
      'recall(B)': expect.closeTo(1, 6),
      'mAP50(B)': expect.closeTo(0.995, 6),
      'mAP50-95(B)': expect.closeTo(0.995, 6),
    });
    expect(fitnessOf(scores)).toBeCloseTo(0.995, 6);
    expect([scores.images, seen]).toEqual([3, batch === 1 ? [1, 1, 1] : [2, 1]]);
  });

  it('counts half-right boxes at the thresholds they reach only', async () => {
    const set: TrainingSet = {
      ...detectSet,
      task: 'detect',
      skeleton: null,
      images: Array.from(drawings, ([path, squares]) => ({
        path,
        labels: squares.map((square) => labelOf(square, 4)),
      })),
    };
    const { scores } = await validated(set, {}, 1);
    // Squares of 16 that lie 4 apart share 12 · 16 of 20 · 16 pixels: an overlap of 0.6, which is above two of ten thresholds at least.
    const { 'mAP50(B)': map50, 'mAP50-95(B)': map } = namedMetrics(scores);
    expect(map50).toBeCloseTo(0.995, 6);
    expect(map).toBeGreaterThan(0.15);
    expect(map).toBeLessThan(0.35);
  });

  it('measures a classifier, and tells it as JSON', async () => {
    const set: TrainingSet = {
      task: 'classify',
      images: [
        { path: '/1.png', classId: 0 },
        { path: '/3.png', classId: 1 },
      ],
    };
    const { scores } = await validated(set, { task: 'classify' }, 1, ['red', 'green', 'blue', 'other']);
    const { milliseconds, ...rest } = scores;
    expect(rest).toMatchObject({ task: 'classify', images: 2 });
    expect(JSON.parse(JSON.stringify(scoresDocument(scores, names)))).toMatchObject({
      task: 'classify',
      images: 2,
      metrics: namedMetrics(scores),
      confusion: { size: 4 },
    });
  });

  it('leaves out images that cannot be read, and refuses a set of nothing else', async () => {
    const damaged = { path: '/damaged.png', labels: [labelOf({ classId: 0, left: 0, top: 0 })] };
    const { scores } = await validated({ ...detectSet, images: [damaged, ...detectSet.images] }, {}, 1);
    expect([scores.images, namedMetrics(scores)['recall(B)']]).toEqual([3, expect.closeTo(1, 6)]);
    await expect(validated({ ...detectSet, images: [damaged] }, {}, 1)).rejects.toMatchObject({
      code: 'input-invalid',
      found: expect.stringContaining('none of 1 can be read'),
    });
  });

  it('refuses data of another task, or of other classes', async () => {
    await expect(validated(detectSet, { task: 'pose' }, 1)).rejects.toThrow('The model answers for the task pose');
    await expect(validated(detectSet, {}, 1, ['red', 'green'])).rejects.toThrow('The model has 3 classes');
  });
});

describe('labelledBatch', () => {
  it('has labels where the letterbox put their image', () => {
    const placement = {
      kind: 'letterbox',
      image: { width: 32, height: 16 },
      input: { width: side, height: side },
      resized: { width: 64, height: 32 },
      scaleX: 2,
      scaleY: 2,
      left: 0,
      top: 16,
    } as const;
    const set: TrainingSet = {
      task: 'detect',
      skeleton: null,
      images: [
        { path: 'x', labels: [] },
        {
          path: 'y',
          labels: [{ classId: 2, box: { cx: 0.5, cy: 0.5, width: 0.5, height: 0.5 }, outline: null, keypoints: null }],
        },
      ],
    };
    const batch = labelledBatch(
      set,
      { images: new Float32Array(3 * side * side), items: [{ index: 1, placement }] },
      side,
    );
    if (batch.task === 'classify') throw new Error('objects');
    expect([batch.batch, batch.columns, [...batch.classIds], [...batch.boxes]]).toEqual([1, 1, [2], [16, 24, 48, 40]]);
  });
});
