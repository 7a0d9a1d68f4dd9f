import { describe, expect, it } from 'vitest';
import { compareResults } from '@/components/test/session/compare-results';
import type { OrientedBox } from '@/lib/engines/geometry/shape';
import type { Detection, VisionResult } from '@/lib/engines/vision/vision-result';

function detection(index: number, classId: number, box: readonly [number, number, number, number]): Detection {
  const [x1, y1, x2, y2] = box;
  return { index, classId, score: 0.9, box: { x1, y1, x2, y2 }, oriented: null, mask: null, keypoints: null };
}

function oriented(index: number, shape: OrientedBox): Detection {
  return { ...detection(index, 0, [0, 0, 1, 1]), oriented: shape };
}

function found(detections: readonly Detection[], names = ['person', 'bus']): VisionResult {
  return { task: 'detect', image: { width: 100, height: 100 }, names, detections };
}

function indices(detections: readonly Detection[] | undefined): number[] {
  return (detections ?? []).map(({ index }) => index);
}

describe('comparing two results', () => {
  it('lists what only one of them found', () => {
    const first = found([detection(1, 0, [0, 0, 10, 10]), detection(2, 1, [50, 50, 60, 60])]);
    const second = found([detection(3, 0, [1, 0, 11, 10]), detection(4, 0, [80, 80, 90, 90])]);
    const comparison = compareResults(first, second);
    expect(indices(comparison?.onlyFirst)).toEqual([2]);
    expect(indices(comparison?.onlySecond)).toEqual([4]);
    expect(comparison?.both).toHaveLength(1);
  });

  it('matches by class name, whatever the numbers are', () => {
    const first = found([detection(1, 0, [0, 0, 10, 10])]);
    const second = found([detection(2, 1, [0, 0, 10, 10])], ['bus', 'person']);
    expect(compareResults(first, second)?.both).toHaveLength(1);
    const other = found([detection(2, 0, [0, 0, 10, 10])], ['bus', 'person']);
    expect(compareResults(first, other)?.both).toHaveLength(0);
  });

  it('lets one detection stand for only one other, the closest', () => {
    const first = found([detection(1, 0, [0, 0, 10, 10]), detection(2, 0, [0, 0, 10, 12])]);
    const second = found([detection(3, 0, [0, 0, 10, 12])]);
    expect(indices(compareResults(first, second)?.onlyFirst)).toEqual([1]);
  });

  it('counts an overlap of exactly one half as the same thing', () => {
    const first = found([detection(1, 0, [0, 0, 10, 10])]);
    expect(compareResults(first, found([detection(2, 0, [0, 0, 10, 5])]))?.both).toHaveLength(1);
    expect(compareResults(first, found([detection(2, 0, [0, 0, 10, 4.9])]))?.both).toHaveLength(0);
  });

  it('measures rotated boxes by their own area', () => {
    const square: OrientedBox = { cx: 50, cy: 50, width: 20, height: 20, angle: 0 };
    const diamond = { ...square, angle: Math.PI / 4 };
    // A square and itself turned by 45° share an octagon of 2(√2 − 1) of its area: IoU 0.707.
    const both = compareResults(found([oriented(1, square)]), found([oriented(2, diamond)]))?.both;
    expect(both?.[0]?.iou).toBeCloseTo((2 * (Math.SQRT2 - 1)) / (2 - 2 * (Math.SQRT2 - 1)), 5);
  });

  it('has nothing to compare for results without detections', () => {
    const classes: VisionResult = {
      task: 'classify',
      image: { width: 1, height: 1 },
      names: ['a'],
      probabilities: new Float32Array([1]),
    };
    expect(compareResults(classes, classes)).toBeNull();
  });
});
