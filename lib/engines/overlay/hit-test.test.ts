import { describe, expect, it } from 'vitest';
import { hitTest } from '@/lib/engines/overlay/hit-test';
import { detection, detections, rectangleMask, view } from '@/lib/engines/overlay/test-support/overlay-material';

const large = detection(7, { x1: 10, y1: 10, x2: 150, y2: 140 });
const small = detection(9, { x1: 40, y1: 40, x2: 80, y2: 80 }, { classId: 1 });

describe('hitTest', () => {
  it('answers the smallest of several boxes under the point, whatever their order', () => {
    expect(hitTest(detections('detect', large, small), { x: 60, y: 60 }, view())).toBe(9);
    expect(hitTest(detections('detect', small, large), { x: 60, y: 60 }, view())).toBe(9);
    expect(hitTest(detections('detect', small, large), { x: 120, y: 60 }, view())).toBe(7);
  });

  it('misses beside every box', () => {
    expect(hitTest(detections('detect', large, small), { x: 190, y: 60 }, view())).toBeNull();
  });

  it('does not see a hidden class', () => {
    const overlay = view({ hiddenClasses: new Set([1]) });
    expect(hitTest(detections('detect', large, small), { x: 60, y: 60 }, overlay)).toBe(7);
  });

  it('tests a mask by its bits, and its box only at the stroke', () => {
    const masked = detection(
      3,
      { x1: 10, y1: 10, x2: 100, y2: 100 },
      { mask: rectangleMask({ x1: 50, y1: 50, x2: 100, y2: 100 }) },
    );
    const result = detections('segment', masked);
    expect(hitTest(result, { x: 60, y: 60 }, view())).toBe(3);
    expect(hitTest(result, { x: 30, y: 30 }, view())).toBeNull();
    expect(hitTest(result, { x: 11, y: 30 }, view())).toBe(3);
    expect(hitTest(result, { x: 30, y: 30 }, view({ showMasks: false }))).toBe(3);
  });

  it('tests a rotated box in its own frame', () => {
    const oriented = { cx: 100, cy: 75, width: 100, height: 10, angle: Math.PI / 4 };
    const result = detections('obb', detection(4, { x1: 60, y1: 35, x2: 140, y2: 115 }, { oriented }));
    expect(hitTest(result, { x: 130, y: 105 }, view())).toBe(4);
    expect(hitTest(result, { x: 130, y: 45 }, view())).toBeNull();
  });

  it('prefers a keypoint over a smaller box, and reaches keypoints outside the own box', () => {
    const person = detection(
      5,
      { x1: 10, y1: 10, x2: 150, y2: 140 },
      {
        keypoints: [
          { x: 60, y: 60, visibility: 0.9 },
          { x: 180, y: 60, visibility: 0.9 },
        ],
      },
    );
    const result = detections('pose', small, person);
    expect(hitTest(result, { x: 61, y: 60 }, view())).toBe(5);
    expect(hitTest(result, { x: 181, y: 60 }, view())).toBe(5);
    expect(hitTest(result, { x: 70, y: 70 }, view())).toBe(9);
  });

  it('reaches as far on the screen at every zoom', () => {
    const beside = { x: 153, y: 60 };
    expect(hitTest(detections('detect', large), beside, view({ scale: 1 }))).toBe(7);
    expect(hitTest(detections('detect', large), beside, view({ scale: 8 }))).toBeNull();
  });
});
