import { describe, expect, it } from 'vitest';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { resizeIntoPlanes } from '@/lib/engines/vision/resize-into-planes';
import { kernelPasses } from '@/lib/engines/vision/resize-kernel';
import { columnTaps, resizeLinear } from '@/lib/engines/vision/resize-linear';

const random = seededRandom(5);

function noise(width: number, height: number, channels: 3 | 4): PixelImage {
  return {
    width,
    height,
    channels,
    data: Uint8Array.from({ length: width * height * channels }, () => random() * 256),
  };
}

const sizes = [
  [1, 1, 1, 1],
  [1, 1, 9, 5],
  [7, 5, 3, 2],
  [13, 11, 13, 11],
  [64, 48, 33, 25],
  [33, 25, 66, 51],
  [3, 400, 2, 320],
  [400, 3, 317, 2],
  [1280, 6, 641, 3],
] as const;

describe('resizeIntoPlanes', () => {
  it('runs on the SIMD kernel here, so that these tests see it', () => {
    expect(kernelPasses(columnTaps(4, 2, 3), 12)).not.toBeNull();
  });

  for (const [fromWidth, fromHeight, width, height] of sizes) {
    for (const channels of [3, 4] as const) {
      it(`gives the same bits by SIMD, by JavaScript and by bytes: ${fromWidth}×${fromHeight}×${channels} → ${width}×${height}`, () => {
        const image = noise(fromWidth, fromHeight, channels);
        const window = { width: width + 5, height: height + 3, left: 3, top: 2 };
        const length = 3 * window.width * window.height;
        const simd = new Float32Array(length).fill(-1);
        const scalar = new Float32Array(length).fill(-1);
        resizeIntoPlanes(image, { width, height }, { ...window, planes: simd });
        resizeIntoPlanes(image, { width, height }, { ...window, planes: scalar }, true);
        expect(simd).toEqual(scalar);

        const bytes = resizeLinear(image, { width, height }).data;
        const plane = window.width * window.height;
        for (let y = 0; y < window.height; y++) {
          for (let x = 0; x < window.width; x++) {
            const inside = x >= 3 && x < 3 + width && y >= 2 && y < 2 + height;
            const from = ((y - 2) * width + (x - 3)) * 3;
            for (let channel = 0; channel < 3; channel++) {
              const expected = inside ? Math.fround(bytes[from + channel] / 255) : -1;
              if (simd[channel * plane + y * window.width + x] !== expected) {
                expect.fail(`plane ${channel} at (${x}, ${y})`);
              }
            }
          }
        }
      });
    }
  }

  it('divides every level by 255 as single precision does', () => {
    const levels: PixelImage = {
      width: 256,
      height: 1,
      channels: 3,
      data: Uint8Array.from({ length: 768 }, (_, i) => i / 3),
    };
    const planes = new Float32Array(768);
    resizeIntoPlanes(levels, { width: 256, height: 1 }, { planes, width: 256, height: 1, left: 0, top: 0 });
    expect([...planes.subarray(0, 256)]).toEqual(Array.from({ length: 256 }, (_, level) => Math.fround(level / 255)));
  });
});
