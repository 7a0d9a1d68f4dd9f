import { describe, expect, it } from 'vitest';
import {
  addExtents,
  divideExtents,
  type Extent,
  elementCount,
  extentText,
  floorDivideExtent,
  multiplyExtents,
  sameExtent,
  symbolicExtent,
} from '@/lib/engines/graph/extent';

const height = symbolicExtent('height/32', 32);
const width = symbolicExtent('width/32', 32);

describe('extents', () => {
  it('halve exactly as long as their unit allows, and name what is left after', () => {
    const halves: Extent[] = [height];
    for (let level = 0; level < 5; level++) halves.push(floorDivideExtent(halves[level], 2));
    expect(halves.map(extentText)).toEqual([
      '32*(height/32)',
      '16*(height/32)',
      '8*(height/32)',
      '4*(height/32)',
      '2*(height/32)',
      '(height/32)',
    ]);
    expect(extentText(floorDivideExtent(halves[5], 2))).toBe('(floor(((height/32))/2))');
  });

  it('round a whole rest down whatever the names stand for', () => {
    const padded = addExtents(height, -1);
    expect(sameExtent(floorDivideExtent(padded, 2), addExtents(floorDivideExtent(height, 2), -1))).toBe(true);
    expect(floorDivideExtent(-1, 2)).toBe(-1);
  });

  it('add up and compare as polynomials', () => {
    const anchors = addExtents(
      ...[8, 16, 32].map((stride) =>
        multiplyExtents(floorDivideExtent(height, stride), floorDivideExtent(width, stride)),
      ),
    );
    expect(extentText(anchors)).toBe('21*(height/32)*(width/32)');
    expect(sameExtent(anchors, multiplyExtents(width, height))).toBe(false);
    expect(addExtents(height, multiplyExtents(height, -1), 7)).toBe(7);
    expect(multiplyExtents(height, 0)).toBe(0);
    expect(elementCount([2, 3, 4])).toBe(24);
  });

  it('divide where nothing is left, and only there', () => {
    const area = multiplyExtents(height, width);
    expect(divideExtents(area, height)).toEqual(width);
    expect(divideExtents(area, 1024)).toEqual(multiplyExtents(symbolicExtent('height/32'), symbolicExtent('width/32')));
    expect(divideExtents(addExtents(height, 1), addExtents(height, 1))).toBe(1);
    expect(divideExtents(height, 64)).toBeNull();
    expect(divideExtents(addExtents(height, 1), 32)).toBeNull();
    expect(divideExtents(height, width)).toBeNull();
    expect(divideExtents(7, 2)).toBeNull();
    expect(divideExtents(7, 0)).toBeNull();
  });
});
