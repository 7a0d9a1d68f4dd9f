import { describe, expect, it } from 'vitest';
import { orientPixels } from '@/lib/browser/orient-pixels';
import type { Orientation } from '@/lib/engines/vision/exif-orientation';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';

/** One number per pixel, in rows: a b c / d e f. */
const stored: PixelImage = {
  width: 3,
  height: 2,
  channels: 3,
  data: Uint8Array.from([1, 2, 3, 4, 5, 6].flatMap((level) => [level, level, level])),
};

function rows({ width, height, data }: PixelImage): number[][] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => data[3 * (y * width + x)] ?? -1),
  );
}

describe('orientPixels', () => {
  it.each<[Orientation, number[][]]>([
    [
      1,
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    [
      2,
      [
        [3, 2, 1],
        [6, 5, 4],
      ],
    ],
    [
      3,
      [
        [6, 5, 4],
        [3, 2, 1],
      ],
    ],
    [
      4,
      [
        [4, 5, 6],
        [1, 2, 3],
      ],
    ],
    [
      5,
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ],
    [
      6,
      [
        [4, 1],
        [5, 2],
        [6, 3],
      ],
    ],
    [
      7,
      [
        [6, 3],
        [5, 2],
        [4, 1],
      ],
    ],
    [
      8,
      [
        [3, 6],
        [2, 5],
        [1, 4],
      ],
    ],
  ])('turns orientation %i upright', (orientation, upright) => {
    expect(rows(orientPixels(stored, orientation))).toEqual(upright);
  });
});
