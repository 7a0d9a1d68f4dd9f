import { describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { Fault } from '@/lib/core/fault';
import type { HeadLayout } from '@/lib/engines/model-files/model-facts';
import type { HeadOutput } from '@/lib/engines/vision/head-output';
import { interpretHead } from '@/lib/engines/vision/interpret-head';
import { letterboxPlacement } from '@/lib/engines/vision/letterbox';
import { createMaskCache } from '@/lib/engines/vision/mask-cache';
import { detectionSpec } from '@/lib/engines/vision/test-support/head-specs';
import { type Detection, defaultThresholds, type VisionResult } from '@/lib/engines/vision/vision-result';

/** An image of 128 × 64 in an input of 64 × 64: halved, with 16 rows of padding above and below. */
const placement = letterboxPlacement(
  { width: 128, height: 64 },
  { width: 64, height: 64 },
  { auto: false, stride: 32 },
);

/** Three anchors: two on one thing of class 1, the weaker shifted by a pixel, and one below the threshold. */
const rows = [
  [32, 32, 16, 8, 0.1, 0.9, 0.2],
  [33, 32, 16, 8, 0.1, 0.6, 0.2],
  [10, 30, 4, 4, 0.25, 0.1, 0.2],
];

describe('interpretHead', () => {
  it('reads anchors, transposed anchors and objectness alike', () => {
    const withObjectness = rows.map(([x, y, w, h, ...scores]) => [x, y, w, h, 1, ...scores]);
    const readings: [HeadLayout, HeadOutput['main']][] = [
      ['anchors', matrix(transposed(rows))],
      ['anchors-transposed', matrix(rows)],
      ['anchors-objectness', matrix(withObjectness)],
    ];
    for (const [layout, main] of readings) {
      const found = detections(
        interpretHead(detectionSpec({ layout }), { main, prototypes: null, placement }, defaultThresholds),
      );
      expect(found).toEqual([
        {
          index: 0,
          classId: 1,
          score: Math.fround(0.9),
          box: { x1: 48, y1: 24, x2: 80, y2: 40 },
          oriented: null,
          mask: null,
          keypoints: null,
        },
      ]);
    }
  });

  it('keeps a score above the threshold only: an equal one goes', () => {
    const spec = detectionSpec({ layout: 'anchors-transposed' });
    const found = detections(interpretHead(spec, output(rows), { ...defaultThresholds, conf: 0.6, iou: 1 }));
    expect(found.map(({ index }) => index)).toEqual([0]);
  });

  it('filters by the best class before suppression', () => {
    const spec = detectionSpec({ layout: 'anchors-transposed' });
    const thresholds = { ...defaultThresholds, conf: 0.05, classes: [0] };
    expect(detections(interpretHead(spec, output(rows), thresholds)).map(({ index }) => index)).toEqual([2]);
  });

  it('takes final rows as they are: no suppression, no sorting, degenerate boxes too', () => {
    const final = [
      [20, 20, 10, 30, 0.9, 1],
      [20, 20, 10, 30, 0.8, 1],
      [0, 0, 64, 64, 0.7, 2],
      [0, 0, 0, 0, 0, 0],
    ];
    const spec = detectionSpec({ layout: 'rows', classCount: null });
    const found = detections(interpretHead(spec, output(final), { ...defaultThresholds, iou: 0, agnostic: true }));
    expect(found.map(({ score }) => score)).toEqual([0.9, 0.8, 0.7].map(Math.fround));
    expect(found[0].box).toEqual({ x1: 40, y1: 8, x2: 20, y2: 28 });
    expect(found[2].box).toEqual({ x1: 0, y1: 0, x2: 128, y2: 64 });
  });

  it('cuts final rows to the most wanted before it filters classes', () => {
    const final = [
      [0, 0, 9, 9, 0.9, 0],
      [0, 0, 9, 9, 0.8, 1],
      [0, 0, 9, 9, 0.7, 1],
    ];
    const thresholds = { ...defaultThresholds, maxDetections: 2, classes: [1] };
    const found = detections(interpretHead(detectionSpec({ layout: 'rows' }), output(final), thresholds));
    expect(found.map(({ index }) => index)).toEqual([1]);
  });

  it('names classes the file has no name for', () => {
    const result = interpretHead(
      detectionSpec({ layout: 'rows', classCount: null }),
      output([[0, 0, 9, 9, 0.9, 4]]),
      defaultThresholds,
    );
    expect(result.names).toEqual(['circle', 'square', 'triangle', 'class3', 'class4']);
  });

  it('maps keypoints to the image and into it', () => {
    const spec = detectionSpec({
      task: 'pose',
      layout: 'anchors-transposed',
      classCount: 1,
      extraCount: 6,
      keypoints: { count: 2, dims: 3 },
    });
    const found = detections(
      interpretHead(spec, output([[32, 32, 8, 8, 0.9, 30, 20, 0.7, -5, 60, 0.2]]), defaultThresholds),
    );
    expect(found[0].keypoints).toEqual([
      { x: 60, y: 8, visibility: Math.fround(0.7) },
      { x: 0, y: 64, visibility: Math.fround(0.2) },
    ]);
  });

  it('gives keypoints of two values no visibility', () => {
    const spec = detectionSpec({ task: 'pose', layout: 'rows', extraCount: 2, keypoints: { count: 1, dims: 2 } });
    const found = detections(interpretHead(spec, output([[0, 20, 9, 29, 0.9, 0, 4, 24]]), defaultThresholds));
    expect(found[0].keypoints).toEqual([{ x: 8, y: 16, visibility: null }]);
  });

  it('does not clip oriented boxes', () => {
    const spec = detectionSpec({ task: 'obb', layout: 'anchors-transposed', extraCount: 1 });
    const [found] = detections(interpretHead(spec, output([[0, 32, 20, 10, 0.9, 0, 0, 0]]), defaultThresholds));
    expect(found.oriented).toEqual({ cx: 0, cy: 32, width: 40, height: 20, angle: 0 });
    expect(found.box).toEqual({ x1: -20, y1: 22, x2: 20, y2: 42 });
  });

  it('crops masks to the box, drops detections whose mask is empty and computes each mask once', () => {
    const spec = detectionSpec({ task: 'segment', layout: 'anchors-transposed', classCount: 1, extraCount: 1 });
    const segmented = {
      ...output([
        [16, 32, 16, 16, 0.9, 1],
        [48, 32, 16, 16, 0.8, -1],
      ]),
      prototypes: { data: new Float32Array(16 * 16).fill(1), dims: [1, 16, 16] },
    };
    const cache = createMaskCache();
    const [found, ...others] = detections(interpretHead(spec, segmented, defaultThresholds, cache));
    expect(others).toEqual([]);
    const mask = present(found.mask, 'mask');
    expect([mask.left, mask.top, mask.width, mask.height]).toEqual([8, 24, 16, 16]);
    expect(mask.bits.every((bit) => bit === 1)).toBe(true);
    expect(Array.from(mask.segment)).toEqual([16, 16, 16, 46, 46, 46, 46, 16]);
    const [again] = detections(interpretHead(spec, segmented, { ...defaultThresholds, conf: 0.5 }, cache));
    expect(again.mask).toBe(mask);

    const [onImage] = detections(interpretHead(spec, segmented, defaultThresholds, cache, 'image'));
    const imageMask = present(onImage.mask, 'mask');
    expect([imageMask.left, imageMask.top, imageMask.width, imageMask.height]).toEqual([16, 16, 32, 32]);
    expect(imageMask.grid).toEqual({ scale: 1, offsetX: 0, offsetY: 0 });
  });

  it('passes probabilities through', () => {
    const spec = detectionSpec({ task: 'classify', layout: 'classes' });
    const main = { data: Float32Array.of(0.1, 0.7, 0.2), dims: [3] };
    const result = interpretHead(spec, { main, prototypes: null, placement }, defaultThresholds);
    expect(result).toMatchObject({ task: 'classify', probabilities: main.data });
  });

  it('cuts the padding off a class map and resizes it by nearest neighbour', () => {
    const spec = detectionSpec({ task: 'semantic', layout: 'class-map' });
    const map = Uint8Array.from({ length: 64 * 64 }, (_, k) => (k < 16 * 64 || k >= 48 * 64 ? 2 : k % 64 < 32 ? 0 : 1));
    const result = interpretHead(
      spec,
      { main: { data: map, dims: [64, 64] }, prototypes: null, placement },
      defaultThresholds,
    );
    if (result.task !== 'semantic') throw new Error('a class map is semantic');
    const expected = Uint8Array.from({ length: 128 * 64 }, (_, k) => (k % 128 < 64 ? 0 : 1));
    expect(result.classMap).toEqual(expected);
  });

  it('resizes class logits before it takes the largest', () => {
    const spec = detectionSpec({ task: 'semantic', layout: 'class-logits', classCount: 2 });
    const columns = Float32Array.from({ length: 64 * 64 }, (_, k) => (k % 64) - 31.75);
    const data = new Float32Array(2 * 64 * 64);
    data.set(columns, 64 * 64);
    const result = interpretHead(
      spec,
      { main: { data, dims: [2, 64, 64] }, prototypes: null, placement },
      defaultThresholds,
    );
    if (result.task !== 'semantic') throw new Error('class logits are semantic');
    // Image column x lies at map column (x + 0.5) / 2 − 0.5, which passes 31.75 between x = 63 and x = 65.
    expect(Array.from(result.classMap.subarray(0, 128)).indexOf(1)).toBe(65);
  });

  it('stretches depth with its corners on the corners', () => {
    const spec = detectionSpec({ task: 'depth', layout: 'depth-map', classCount: null });
    const ramp = Float32Array.from({ length: 64 * 64 }, (_, k) => 1 + (k % 64));
    const stretched = { ...placement, kind: 'stretch' as const };
    const result = interpretHead(
      spec,
      { main: { data: ramp, dims: [1, 64, 64] }, prototypes: null, placement: stretched },
      defaultThresholds,
    );
    if (result.task !== 'depth') throw new Error('a depth map is depth');
    expect(result.depth).toHaveLength(128 * 64);
    expect(result.range).toEqual({ min: 1, max: 64 });
    expect(result.depth[64]).toBeCloseTo(1 + (64 * 63) / 127, 4);
  });

  it('refuses outputs of another shape, telling both', () => {
    const spec = detectionSpec({ classCount: 80 });
    const refused = () => interpretHead(spec, output(rows), defaultThresholds);
    expect(refused).toThrow(Fault);
    expect(refused).toThrow('[4 + 80, anchors]');
    expect(refused).toThrow('[3, 7]');
    expect(() =>
      interpretHead(
        detectionSpec({ layout: 'rows', classCount: null }),
        output([[0, 0, 1, 1, 0.9, 1e9]]),
        defaultThresholds,
      ),
    ).toThrow(Fault);
    expect(() =>
      interpretHead(
        detectionSpec({ task: 'segment', layout: 'anchors-transposed', extraCount: 1, classCount: 2 }),
        output(rows),
        defaultThresholds,
      ),
    ).toThrow('mask prototypes');
  });
});

function output(values: readonly (readonly number[])[]): HeadOutput {
  return { main: matrix(values), prototypes: null, placement };
}

function matrix(values: readonly (readonly number[])[]): HeadOutput['main'] {
  return { data: Float32Array.from(values.flat()), dims: [values.length, values[0].length] };
}

function transposed(values: readonly (readonly number[])[]): number[][] {
  return values[0].map((_, column) => values.map((row) => row[column]));
}

function detections(result: VisionResult): readonly Detection[] {
  if (!('detections' in result)) throw new Error(`A result of ${result.task} has no detections`);
  return result.detections;
}
