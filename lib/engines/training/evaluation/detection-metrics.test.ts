import { describe, expect, it } from 'vitest';
import { averagePrecision, precisionEnvelope } from '@/lib/engines/training/evaluation/average-precision';
import { detectionMetrics } from '@/lib/engines/training/evaluation/detection-metrics';
import { interpolate } from '@/lib/engines/training/evaluation/interpolate';
import { iouThresholds } from '@/lib/engines/training/evaluation/iou-thresholds';
import type { ImageHits } from '@/lib/engines/training/evaluation/ranked-predictions';
import { smoothed } from '@/lib/engines/training/evaluation/smoothed';

/** Predictions as [class, score, number of thresholds at which they are right]. */
function imageOf(
  truthClassIds: readonly number[],
  ...predictions: readonly (readonly [number, number, number])[]
): ImageHits {
  return {
    truthClassIds: Int32Array.from(truthClassIds),
    classIds: Int32Array.from(predictions, ([classId]) => classId),
    scores: Float32Array.from(predictions, ([, score]) => score),
    hits: Uint8Array.from(predictions.flatMap(([, , levels]) => iouThresholds.map((_, k) => (k < levels ? 1 : 0)))),
  };
}

describe('averagePrecision', () => {
  const of = (recall: number[], precision: number[]) =>
    averagePrecision(precisionEnvelope(Float64Array.from(recall), Float64Array.from(precision)));

  it('is the area under the envelope, which never rises, and loses the last trapezium as the package does', () => {
    expect(of([0.5, 1], [1, 1])).toBeCloseTo(0.995, 12);
    // Recall ½ at precision 1, then 1 at ⅔: 50 trapezia of 1, one of the fall from 1 to ⅔ counted by its ends, the rest of ⅔.
    expect(of([0.5, 0.5, 1], [1, 0.5, 2 / 3])).toBeCloseTo((50 + (1 + 2 / 3) / 2 - 1 + 49 * (2 / 3) + 1 / 3) / 100, 2);
  });

  it('ends where recall does', () => {
    expect(of([0.2], [1])).toBeCloseTo(0.195, 12);
    expect(of([], [])).toBe(0);
    expect(of([0, 0], [0, 0])).toBe(0);
  });
});

describe('detectionMetrics', () => {
  it('gives perfect predictions everything but the last half percent', () => {
    const { mean, classes } = detectionMetrics([
      imageOf([0, 1], [0, 0.9, 10], [1, 0.8, 10]),
      imageOf([1], [1, 0.7, 10]),
    ]);
    expect(mean).toMatchObject({ precision: 1, recall: 1 });
    expect(mean.map50).toBeCloseTo(0.995, 12);
    expect(mean.map50To95).toBeCloseTo(0.995, 12);
    expect(classes.map(({ classId, truths, images }) => [classId, truths, images])).toEqual([
      [0, 1, 1],
      [1, 2, 2],
    ]);
  });

  it('ranks predictions over all images by score', () => {
    // The best scored prediction, of the second image, is wrong: precision is ½ at the only recall reached.
    const { classes } = detectionMetrics([imageOf([0], [0, 0.5, 10]), imageOf([], [0, 0.9, 0])]);
    expect(classes[0].map50).toBeCloseTo(0.4975, 4);
  });

  it('lowers only the thresholds that are missed', () => {
    const [{ averagePrecisions, map50To95 }] = detectionMetrics([imageOf([0], [0, 0.9, 4])]).classes;
    expect(averagePrecisions.map((value) => value > 0.9)).toEqual(iouThresholds.map((_, k) => k < 4));
    expect(map50To95).toBeCloseTo(0.4 * 0.995, 12);
  });

  it('counts a class nobody predicted as nothing found, and one nobody labelled not at all', () => {
    const { mean, classes } = detectionMetrics([imageOf([0, 1], [0, 0.9, 10], [2, 0.8, 0])]);
    expect(classes.map(({ classId, map50 }) => [classId, map50 > 0.9])).toEqual([
      [0, true],
      [1, false],
    ]);
    expect(mean.map50).toBeCloseTo(0.995 / 2, 12);
    expect(mean.recall).toBe(0.5);
  });

  it('reads precision and recall where F1 is best, between the scores of right and wrong', () => {
    const { mean, bestConfidence, curves } = detectionMetrics([
      imageOf([0, 0], [0, 0.9, 10], [0, 0.85, 10], [0, 0.1, 0], [0, 0.05, 0]),
    ]);
    expect(bestConfidence).toBeGreaterThan(0.1);
    expect(bestConfidence).toBeLessThan(0.85);
    expect(mean.recall).toBe(1);
    expect(mean.precision).toBeGreaterThan(0.9);
    expect(curves[0].recall[0]).toBe(1);
    expect(curves[0].recall[999]).toBe(0);
    expect(curves[0].precision[999]).toBe(1);
    expect(curves[0].precision[0]).toBeCloseTo(0.5, 12);
  });

  it('is zero, not undefined, of nothing', () => {
    const { mean, classes } = detectionMetrics([]);
    expect(classes).toEqual([]);
    expect(mean).toEqual({ precision: 0, recall: 0, f1: 0, map50: 0, map50To95: 0 });
  });
});

describe('interpolate', () => {
  it('walks points, keeps ends, and takes the last of equal abscissae', () => {
    expect([...interpolate([-1, 0, 0.5, 1, 1.5, 2, 9], [0, 1, 1, 2], [0, 4, 6, 8], 7)]).toEqual([7, 0, 2, 6, 7, 8, 8]);
  });
});

describe('smoothed', () => {
  it('spreads a peak over the share of points and keeps a constant', () => {
    const peak = new Float64Array(100);
    peak[50] = 1;
    const spread = smoothed(peak, 0.1);
    expect(Array.from(spread.keys()).filter((k) => spread[k] > 0)).toEqual([
      45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55,
    ]);
    expect([...smoothed(new Float64Array(100).fill(3), 0.1)].every((value) => value === 3)).toBe(true);
  });
});
