import { describe, expect, it } from 'vitest';
import { parseClassFilter } from '@/lib/cli/class-filter';
import { specOf } from '@/lib/engines/vision/test-support/specs';

function spec(names: readonly string[], classCount: number | null = names.length) {
  const base = specOf({});
  return { ...base, names, head: { ...base.head, classCount } };
}

const road = spec(['person', 'car', 'traffic light', 'Car', 'car']);

describe('parseClassFilter', () => {
  it('takes indices and names, mixed, once each and in order', () => {
    expect(parseClassFilter('2,0', road)).toEqual([0, 2]);
    expect(parseClassFilter(' traffic light , 0,person', road)).toEqual([0, 2]);
  });

  it('prefers the exact letter case and takes all classes of that name', () => {
    expect(parseClassFilter('car', road)).toEqual([1, 4]);
    expect(parseClassFilter('Car', road)).toEqual([3]);
    expect(parseClassFilter('PERSON', road)).toEqual([0]);
  });

  it('refuses what the model does not have, and lists what it has', () => {
    expect(() => parseClassFilter('dog', road)).toThrow(/no class “dog”; it has person, car/);
    expect(() => parseClassFilter('5', road)).toThrow(/5 classes \(0 to 4\)/);
    expect(() => parseClassFilter(' , ', road)).toThrow(/names no class/);
  });

  it('lists some of very many names', () => {
    const many = spec(Array.from({ length: 1000 }, (_, i) => `kind ${i}`));
    expect(() => parseClassFilter('dog', many)).toThrow(/kind 19, … \(1000 in all\)/);
  });

  it('allows any index while the number of classes is unknown', () => {
    expect(parseClassFilter('77', spec([], null))).toEqual([77]);
  });
});
