import { describe, expect, it } from 'vitest';
import {
  boxBetween,
  boxOfLabel,
  grownBox,
  handlePoint,
  handles,
  isLargeEnough,
  labelBox,
  movedBox,
  resizedBox,
} from '@/components/train/document/box-geometry';

const image = { width: 200, height: 100 };
const box = { x1: 20, y1: 30, x2: 60, y2: 50 };

describe('boxes of labels', () => {
  it('are fractions of the image and back', () => {
    const label = labelBox(box, image);
    expect(label).toEqual({ cx: 0.2, cy: 0.4, width: 0.2, height: 0.2 });
    const back = boxOfLabel({ box: label }, image);
    for (const side of ['x1', 'y1', 'x2', 'y2'] as const) expect(back[side]).toBeCloseTo(box[side], 9);
  });

  it('are drawn from any corner and end at the image’s edges', () => {
    expect(boxBetween({ x: 60, y: 50 }, { x: 20, y: 30 }, image)).toEqual(box);
    expect(boxBetween({ x: 150, y: 80 }, { x: 900, y: -900 }, image)).toEqual({ x1: 150, y1: 0, x2: 200, y2: 80 });
  });

  it('keep their size when they are moved against an edge', () => {
    expect(movedBox(box, 1000, -1000, image)).toEqual({ x1: 160, y1: 0, x2: 200, y2: 20 });
  });

  it.each(handles)('follow the handle %s alone', (handle) => {
    const { x, y } = handlePoint(box, handle);
    expect(resizedBox(box, handle, { x, y }, image)).toEqual(box);
    const resized = resizedBox(box, handle, { x: x + 3, y: y - 5 }, image);
    expect(resized).toEqual({
      x1: handle.includes('w') ? 23 : 20,
      y1: handle.includes('n') ? 25 : 30,
      x2: handle.includes('e') ? 63 : 60,
      y2: handle.includes('s') ? 45 : 50,
    });
  });

  it('turn over when a side is pulled beyond the other', () => {
    expect(resizedBox(box, 'w', { x: 90, y: 0 }, image)).toEqual({ x1: 60, y1: 30, x2: 90, y2: 50 });
  });

  it('cannot be shrunk to nothing by keys', () => {
    expect(isLargeEnough(grownBox(box, -500, -500, image))).toBe(true);
    expect(isLargeEnough({ x1: 5, y1: 5, x2: 6, y2: 40 })).toBe(false);
  });
});
