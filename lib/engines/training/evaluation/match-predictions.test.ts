import { describe, expect, it } from 'vitest';
import { objectConfusion } from '@/lib/engines/training/evaluation/confusion-matrix';
import { imageOutcome } from '@/lib/engines/training/evaluation/image-outcome';
import { iouThresholds } from '@/lib/engines/training/evaluation/iou-thresholds';
import { matchPredictions } from '@/lib/engines/training/evaluation/match-predictions';
import { boxOverlaps } from '@/lib/engines/training/evaluation/overlap-table';
import { labelledBoxes, predictedBoxes } from '@/lib/engines/training/evaluation/test-support/instances-of-boxes';

type Truths = ReturnType<typeof labelledBoxes>;
type Predictions = ReturnType<typeof predictedBoxes>;

/** Number of thresholds at which each prediction is right. */
function levels(truths: Truths, predictions: Predictions): number[] {
  const hits = matchPredictions(boxOverlaps(truths, predictions), truths.classIds, predictions.classIds);
  return Array.from(predictions.classIds, (_, p) =>
    hits.subarray(p * iouThresholds.length, (p + 1) * iouThresholds.length).reduce((sum, hit) => sum + hit, 0),
  );
}

describe('matchPredictions', () => {
  const truth = labelledBoxes([0, 0, 100, 100, 0]);

  it('counts the thresholds that an overlap reaches, the reached one included', () => {
    expect(levels(truth, predictedBoxes([0, 0, 100, 100, 0, 0.9]))).toEqual([10]);
    expect(levels(truth, predictedBoxes([0, 0, 100, 75, 0, 0.9]))).toEqual([6]);
    expect(levels(truth, predictedBoxes([0, 0, 100, 49, 0, 0.9]))).toEqual([0]);
  });

  it('takes no prediction of another class', () => {
    expect(levels(truth, predictedBoxes([0, 0, 100, 100, 1, 0.9]))).toEqual([0]);
  });

  it('gives an object to the better scored prediction, at thresholds that one misses to the next', () => {
    expect(levels(truth, predictedBoxes([0, 0, 100, 72, 0, 0.9], [0, 0, 100, 100, 0, 0.8]))).toEqual([5, 5]);
  });

  it('lets a prediction stand for one object only, the one it overlaps most', () => {
    const two = labelledBoxes([0, 0, 100, 100, 0], [0, 0, 100, 80, 0]);
    expect(levels(two, predictedBoxes([0, 0, 100, 82, 0, 0.9]))).toEqual([10]);
    expect(levels(two, predictedBoxes([0, 0, 100, 82, 0, 0.9], [0, 0, 100, 81, 0, 0.8]))).toEqual([10, 0]);
  });

  it('finds nothing among no objects', () => {
    expect(levels(labelledBoxes(), predictedBoxes([0, 0, 1, 1, 0, 0.9]))).toEqual([0]);
    expect(levels(truth, predictedBoxes())).toEqual([]);
  });
});

describe('imageOutcome and objectConfusion', () => {
  const truths = labelledBoxes([0, 0, 10, 10, 0], [20, 0, 30, 10, 1], [40, 0, 50, 10, 1]);
  const predictions = predictedBoxes(
    [0, 0, 10, 10, 0, 0.9],
    [20, 0, 30, 10, 0, 0.8],
    [70, 0, 80, 10, 1, 0.7],
    [0, 0, 10, 9, 0, 0.6],
    [40, 0, 50, 10, 1, 0.25],
  );
  const outcome = imageOutcome(boxOverlaps(truths, predictions), truths.classIds, predictions);

  it('tells what was found, confused, invented and missed; a confidence of exactly 0.25 is not shown', () => {
    expect(outcome.truePositives).toEqual([{ truth: 0, prediction: 0, overlap: 1 }]);
    expect(outcome.confused).toEqual([{ truth: 1, prediction: 1, overlap: 1 }]);
    expect(outcome.falsePositives).toEqual([1, 2, 3]);
    expect(outcome.falseNegatives).toEqual([1, 2]);
  });

  it('puts invented objects beside, and missed ones below, the classes', () => {
    const { size, counts } = objectConfusion(
      [{ outcome, truthClassIds: truths.classIds, classIds: predictions.classIds }],
      2,
    );
    expect(size).toBe(3);
    expect([...counts]).toEqual([1, 1, 1, 0, 0, 1, 0, 1, 0]);
  });

  it('pairs an object with the prediction of the largest overlap, not of the best score', () => {
    const one = labelledBoxes([0, 0, 10, 10, 0]);
    const rivals = predictedBoxes([0, 0, 10, 6, 0, 0.9], [0, 0, 10, 9, 0, 0.5]);
    expect(imageOutcome(boxOverlaps(one, rivals), one.classIds, rivals)).toMatchObject({
      truePositives: [{ prediction: 1 }],
      falsePositives: [0],
    });
  });
});
