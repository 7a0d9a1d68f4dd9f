import { describe, expect, it } from 'vitest';
import { boxFromCentre, intersectionOverUnion } from '@/lib/engines/geometry/box';
import { probiou } from '@/lib/engines/geometry/oriented-box';
import type { OrientedBox } from '@/lib/engines/geometry/shape';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';
import { suppressOverlaps } from '@/lib/engines/vision/nms';
import { suppressRotatedOverlaps } from '@/lib/engines/vision/rotated-nms';

const rule = { iou: 0.45, maxDetections: 300, agnostic: false };

describe('suppressOverlaps', () => {
  it('keeps a subset in order, without a pair above the threshold, and drops nothing without a rival', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 20; round++) {
      const count = 120;
      const boxes = Array.from({ length: count }, () =>
        boxFromCentre(random() * 200, random() * 200, 10 + random() * 60, 10 + random() * 60),
      );
      const classIds = Int32Array.from({ length: count }, () => Math.floor(random() * 3));
      const agnostic = round % 2 === 1;
      const flat = new Float32Array(boxes.flatMap(({ x1, y1, x2, y2 }) => [x1, y1, x2, y2]));
      const kept = Array.from(suppressOverlaps(flat, classIds, { ...rule, agnostic }));

      expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
      const areRivals = (i: number, j: number) =>
        (agnostic || classIds[i] === classIds[j]) && intersectionOverUnion(boxes[i], boxes[j]) > rule.iou;
      for (const i of kept) expect(kept.filter((j) => j < i && areRivals(j, i))).toEqual([]);
      for (let i = 0; i < count; i++) {
        if (!kept.includes(i)) expect(kept.some((j) => j < i && areRivals(j, i))).toBe(true);
      }
    }
  });

  it('stops at the most detections wanted', () => {
    const apart = Float32Array.from({ length: 40 }, (_, k) => Math.floor(k / 4) * 100 + (k % 4 < 2 ? 0 : 10));
    expect(suppressOverlaps(apart, new Int32Array(10), { ...rule, maxDetections: 3 })).toEqual(Int32Array.of(0, 1, 2));
  });

  it('lets boxes wider than the class offset suppress across classes, as the shifted boxes do', () => {
    const huge = Float32Array.of(0, 0, 1e6, 1e6, 0, 0, 1e6, 1e6);
    expect(suppressOverlaps(huge, Int32Array.of(0, 1), rule)).toEqual(Int32Array.of(0));
  });
});

describe('suppressRotatedOverlaps', () => {
  it('suppresses by suppressed boxes too', () => {
    const chain: OrientedBox[] = [0, 8, 16].map((cx) => ({ cx, cy: 0, width: 40, height: 20, angle: 0 }));
    const iou = (probiou(chain[0], chain[1]) + probiou(chain[0], chain[2])) / 2;
    expect(suppressRotatedOverlaps(chain, new Int32Array(3), { ...rule, iou })).toEqual(Int32Array.of(0));
  });

  it('answers the same with the far-apart shortcut as by comparing every pair', () => {
    const random = seededRandom(11);
    const boxes: OrientedBox[] = Array.from({ length: 300 }, () => ({
      cx: random() * 300,
      cy: random() * 300,
      width: random() < 0.05 ? 0 : 2 + random() * 80,
      height: 2 + random() * 20,
      angle: random() * Math.PI,
    }));
    const classIds = new Int32Array(boxes.length);
    for (const iou of [0.05, 0.3, 0.7]) {
      const everyPair = boxes.flatMap((box, i) =>
        boxes.slice(0, i).some((better) => probiou(better, box) >= iou) ? [] : [i],
      );
      expect(Array.from(suppressRotatedOverlaps(boxes, classIds, { ...rule, iou }))).toEqual(everyPair);
    }
  });
});
