import { describe, expect, it } from 'vitest';
import { countByClass, percentOf, summariseResult } from '@/components/test/session/summarise-result';
import type { Detection, VisionResult } from '@/lib/engines/vision/vision-result';

function found(classIds: readonly number[], names: readonly string[]): VisionResult {
  const detections = classIds.map((classId, index): Detection => {
    const box = { x1: 0, y1: 0, x2: 1, y2: 1 };
    return { index, classId, score: 0.5, box, oriented: null, mask: null, keypoints: null };
  });
  return { task: 'detect', image: { width: 1, height: 1 }, names, detections };
}

describe('a result in one line', () => {
  it('counts classes, most first, in plural where it is due', () => {
    const names = ['person', 'bus', 'puppy'];
    expect(summariseResult(found([1, 0, 0, 0, 0], names)).text).toBe('4 persons, 1 bus');
    expect(summariseResult(found([1, 1, 2, 2], names)).text).toBe('2 buses, 2 puppies');
  });

  it('says so when nothing was found', () => {
    expect(summariseResult(found([], ['person']))).toMatchObject({ text: 'Nothing found', short: '0' });
  });

  it('names a class without a name by its number, and does not read out a long list', () => {
    const { text } = summariseResult(found([0, 1, 2, 3, 4, 5, 6, 7], ['a']));
    expect(text).toBe('1 a, 1 class1, 1 class2, 1 class3, 1 class4, 1 class5, and 2 more classes');
  });

  it('gives the best class and its percentage', () => {
    const probabilities = new Float32Array([0.1, 0.9]);
    const image = { width: 1, height: 1 };
    expect(summariseResult({ task: 'classify', image, names: ['a', 'b'], probabilities }).text).toBe('b, 90 %');
  });
});

describe('counts and shares', () => {
  it('counts detections of each class, ties by class number', () => {
    expect(countByClass([3, 1, 3, 0])).toEqual([
      { classId: 3, count: 2 },
      { classId: 0, count: 1 },
      { classId: 1, count: 1 },
    ]);
  });

  it('rounds neither a small share to nothing nor a large one to everything', () => {
    expect(percentOf(0.0002)).toBe('< 0.1 %');
    expect(percentOf(0.9996)).toBe('99.9 %');
    expect(percentOf(0.004)).toBe('0.4 %');
    expect(percentOf(0)).toBe('0 %');
  });
});
