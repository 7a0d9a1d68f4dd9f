import { describe, expect, it } from 'vitest';
import { smallMask } from '@/lib/engines/vision/dialects/test-support/small-results';
import { rasterArea, rasterMask, runLengths } from '@/lib/engines/vision/exports/mask-raster';

describe('masks in image pixels', () => {
  it('covers the pixels that a coarse grid cell stands for', () => {
    const raster = rasterMask(smallMask, { width: 40, height: 20 });
    expect(raster).toMatchObject({ left: 10, top: 4, width: 4, height: 4 });
    expect(raster.bits.join('')).toBe('1111111111001100');
    expect(rasterArea(raster)).toBe(12);
  });

  it('stays inside the image when padding reaches into the window', () => {
    const mask = { ...smallMask, left: 0, top: 0, grid: { scale: 1, offsetX: 1, offsetY: 1 } };
    const raster = rasterMask(mask, { width: 3, height: 3 });
    expect(raster).toMatchObject({ left: 0, top: 0, width: 1, height: 1 });
    expect([...raster.bits]).toEqual([0]);
  });

  it('keeps a mask that has the image’s own resolution', () => {
    const mask = { ...smallMask, grid: { scale: 1, offsetX: 0, offsetY: 0 } };
    expect([...rasterMask(mask, { width: 40, height: 20 }).bits]).toEqual([1, 1, 1, 0]);
  });
});

describe('run lengths', () => {
  // Columns of a 4 × 3 image: 0 0 0 | 0 1 1 | 0 1 0 | 0 0 0.
  it('counts columns first and begins with zeros', () => {
    const raster = { left: 1, top: 1, width: 2, height: 2, bits: Uint8Array.of(1, 1, 1, 0) };
    expect(runLengths(raster, { width: 4, height: 3 })).toEqual({ size: [3, 4], counts: [4, 2, 1, 1, 4] });
  });

  it('begins with a run of no zeros when the first pixel is set', () => {
    const raster = { left: 0, top: 0, width: 1, height: 2, bits: Uint8Array.of(1, 1) };
    expect(runLengths(raster, { width: 1, height: 2 }).counts).toEqual([0, 2]);
  });

  it('counts an empty mask as one run', () => {
    const raster = { left: 0, top: 0, width: 0, height: 0, bits: new Uint8Array(0) };
    expect(runLengths(raster, { width: 5, height: 2 }).counts).toEqual([10]);
  });
});
