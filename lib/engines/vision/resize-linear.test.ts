import { describe, expect, it } from 'vitest';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { resizeLinear, resizeLinearRows } from '@/lib/engines/vision/resize-linear';

function noise(width: number, height: number, channels: 3 | 4): PixelImage {
  const data = new Uint8Array(width * height * channels);
  let state = 12345;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    data[i] = state >>> 24;
  }
  return { width, height, channels, data };
}

function withAlpha(image: PixelImage): PixelImage {
  const data = new Uint8Array(image.width * image.height * 4);
  for (let p = 0; p < image.width * image.height; p++) {
    data.set(image.data.subarray(p * 3, p * 3 + 3), p * 4);
    data[p * 4 + 3] = p % 256;
  }
  return { ...image, channels: 4, data };
}

/** Bilinear interpolation in double precision, half-pixel centres, edges repeated. */
function exactBilinear(image: PixelImage, width: number, height: number): number[] {
  const at = (x: number, y: number, c: number) => {
    const cx = Math.min(Math.max(x, 0), image.width - 1);
    const cy = Math.min(Math.max(y, 0), image.height - 1);
    return image.data[(cy * image.width + cx) * image.channels + c] ?? 0;
  };
  const values: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sx = ((x + 0.5) * image.width) / width - 0.5;
      const sy = ((y + 0.5) * image.height) / height - 0.5;
      const [ix, iy] = [Math.floor(sx), Math.floor(sy)];
      const [fx, fy] = [sx - ix, sy - iy];
      for (let c = 0; c < 3; c++) {
        values.push(
          (at(ix, iy, c) * (1 - fx) + at(ix + 1, iy, c) * fx) * (1 - fy) +
            (at(ix, iy + 1, c) * (1 - fx) + at(ix + 1, iy + 1, c) * fx) * fy,
        );
      }
    }
  }
  return values;
}

describe('resizeLinear', () => {
  it('keeps every pixel when the size stays the same', () => {
    const image = noise(13, 7, 3);
    expect(resizeLinear(image, image).data).toEqual(image.data);
  });

  it.each([
    [13, 7, 40, 25],
    [40, 25, 13, 7],
    [64, 36, 32, 18],
    [5, 300, 17, 11],
    [1, 1, 9, 9],
    [1, 8, 5, 3],
    [9, 1, 4, 6],
    [6, 6, 1, 1],
  ])('stays within one level of exact interpolation from %i × %i to %i × %i', (w, h, width, height) => {
    const image = noise(w, h, 3);
    const resized = resizeLinear(image, { width, height });
    const exact = exactBilinear(image, width, height);
    const worst = exact.reduce((most, value, i) => Math.max(most, Math.abs(value - (resized.data[i] ?? 0))), 0);
    expect(worst).toBeLessThanOrEqual(1);
  });

  it('averages 2 × 2 blocks with rounding when both sides halve, as OpenCV’s area path does', () => {
    const image = noise(12, 8, 3);
    const { data } = resizeLinear(image, { width: 6, height: 4 });
    const at = (x: number, y: number) => image.data[(y * 12 + x) * 3] ?? 0;
    expect(data[0]).toBe((at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1) + 2) >> 2);
    expect(data[(3 * 6 + 5) * 3]).toBe((at(10, 6) + at(11, 6) + at(10, 7) + at(11, 7) + 2) >> 2);
  });

  it('reads only the colours of a four-channel image', () => {
    const image = noise(21, 17, 3);
    const size = { width: 10, height: 33 };
    expect(resizeLinear(withAlpha(image), size).data).toEqual(resizeLinear(image, size).data);
  });

  it('keeps a flat image flat, white included, at any scale', () => {
    const white: PixelImage = { width: 3, height: 5, channels: 3, data: new Uint8Array(45).fill(255) };
    for (const size of [
      { width: 97, height: 41 },
      { width: 2, height: 3 },
    ]) {
      expect(new Set(resizeLinear(white, size).data)).toEqual(new Set([255]));
    }
  });

  it('hands the rows out once each, from the top', () => {
    const seen: number[] = [];
    resizeLinearRows(noise(8, 8, 3), { width: 4, height: 6 }, (row, y) => {
      expect(row.upper).toHaveLength(12);
      seen.push(y);
    });
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
