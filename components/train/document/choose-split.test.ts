import { describe, expect, it } from 'vitest';
import { chooseSplit } from '@/components/train/document/choose-split';

function images(count: number, split: (index: number) => 'train' | 'val' | null = () => null) {
  return Array.from({ length: count }, (_, index) => ({ index, split: split(index) }));
}

describe('choosing what is measured', () => {
  it('holds out a fifth from ten pictures on, none of which is trained on', () => {
    const { train, val, isHeldOut } = chooseSplit(images(12));
    expect([train.length, val.length, isHeldOut]).toEqual([10, 2, true]);
    expect(train.filter((image) => val.includes(image))).toEqual([]);
  });

  it('measures on all of fewer pictures, and says so', () => {
    expect(chooseSplit(images(9))).toEqual({ train: images(9), val: images(9), isHeldOut: false });
  });

  it('takes a data set at its word', () => {
    const { train, val } = chooseSplit(images(20, (index) => (index < 2 ? 'val' : 'train')));
    expect(val.map(({ index }) => index)).toEqual([0, 1]);
    expect(train).toHaveLength(18);
  });

  it('trains on something even where everything is called validation', () => {
    expect(chooseSplit(images(3, () => 'val')).train).toHaveLength(3);
  });
});
