import { describe, expect, it } from 'vitest';
import { Fault } from '@/lib/core/fault';
import { decodeBmp } from '@/lib/engines/vision/decode-bmp';
import { bmpFile, coreBmpFile } from '@/lib/engines/vision/test-support/bmp-files';

const black = [0, 0, 0];
const red = [255, 0, 0];
const green = [0, 255, 0];
const blue = [0, 0, 255];

function pixels(bytes: Uint8Array): number[][] {
  const { data } = decodeBmp(bytes);
  return Array.from({ length: data.length / 3 }, (_, p) => Array.from(data.subarray(p * 3, p * 3 + 3)));
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
  return 'none';
}

describe('decodeBmp', () => {
  it('reads 24-bit rows from the bottom, blue first, padded to four bytes', () => {
    const bytes = bmpFile({
      width: 1,
      height: 2,
      bitsPerPixel: 24,
      pixels: [255, 0, 0, 0, /* upper row: */ 0, 0, 255, 0],
    });
    expect(decodeBmp(bytes)).toMatchObject({ width: 1, height: 2, channels: 3 });
    expect(pixels(bytes)).toEqual([red, blue]);
  });

  it('reads a negative height from the top', () => {
    const bytes = bmpFile({ width: 1, height: -2, bitsPerPixel: 24, pixels: [255, 0, 0, 0, 0, 0, 255, 0] });
    expect(pixels(bytes)).toEqual([blue, red]);
  });

  it('drops the fourth byte of 32-bit pixels', () => {
    expect(pixels(bmpFile({ width: 1, height: 1, bitsPerPixel: 32, pixels: [1, 2, 3, 0] }))).toEqual([[3, 2, 1]]);
  });

  it.each([
    [1, [0b01000000, 0, 0, 0], 3],
    [2, [0b00011000, 0, 0, 0], 3],
    [4, [0x01, 0x20, 0, 0], 3],
    [8, [0, 1, 2, 0], 3],
  ])('reads %i-bit indices from the high bits down', (bitsPerPixel, stored, width) => {
    const palette = [black, green, red].slice(0, 1 << bitsPerPixel);
    const expected = bitsPerPixel === 1 ? [black, green, black] : [black, green, red];
    expect(pixels(bmpFile({ width, height: 1, bitsPerPixel, palette, pixels: stored }))).toEqual(expected);
  });

  it('stretches 5-bit channels to the full range', () => {
    const white = 0x7fff;
    const half = 16 << 10;
    const stored = [white & 255, white >> 8, half & 255, half >> 8];
    expect(pixels(bmpFile({ width: 2, height: 1, bitsPerPixel: 16, pixels: stored }))).toEqual([
      [255, 255, 255],
      [132, 0, 0],
    ]);
  });

  it('takes channels by the masks of a bit-field file', () => {
    const masks = [0xf800, 0x07e0, 0x001f];
    const stored = [0x00, 0xf8, 0xe0, 0x07];
    expect(pixels(bmpFile({ width: 2, height: 1, bitsPerPixel: 16, compression: 3, masks, pixels: stored }))).toEqual([
      red,
      green,
    ]);
    const highMasks = [0xff000000, 0x00ff0000, 0x0000ff00];
    const high = bmpFile({
      width: 1,
      height: 1,
      bitsPerPixel: 32,
      compression: 3,
      masks: highMasks,
      pixels: [9, 3, 2, 1],
    });
    expect(pixels(high)).toEqual([[1, 2, 3]]);
  });

  it('reads the header and palette of OS/2 files', () => {
    const bytes = coreBmpFile({ width: 2, height: 1, bitsPerPixel: 8, palette: [red, blue], pixels: [1, 0, 0, 0] });
    expect(pixels(bytes)).toEqual([blue, red]);
  });

  it('runs RLE8 with encoded and literal stretches, jumps and line ends', () => {
    const palette = [black, red, green, blue];
    const stream = [2, 1, 0, 0, /* jump */ 0, 2, 1, 0, 1, 2, 0, 0, /* literal */ 0, 3, 1, 2, 3, 0, 0, 1];
    expect(pixels(bmpFile({ width: 3, height: 3, bitsPerPixel: 8, compression: 1, palette, pixels: stream }))).toEqual([
      red,
      green,
      blue,
      black,
      green,
      black,
      red,
      red,
      black,
    ]);
  });

  it('runs RLE4 with alternating halves', () => {
    const palette = [black, red, green, blue];
    const stream = [3, 0x12, 0, 0, 0, 3, 0x32, 0x10, 0, 1];
    expect(pixels(bmpFile({ width: 3, height: 2, bitsPerPixel: 4, compression: 2, palette, pixels: stream }))).toEqual([
      blue,
      green,
      red,
      red,
      green,
      red,
    ]);
  });

  it('ends with the stream when runs leave the image or the bytes run out', () => {
    const stream = [255, 1, 0, 2, 255, 255, 9, 1, 0, 200, 1];
    const found = pixels(
      bmpFile({ width: 2, height: 2, bitsPerPixel: 8, compression: 1, palette: [black, red], pixels: stream }),
    );
    expect(found).toEqual([black, black, red, red]);
  });

  it('says that pixels are missing, and where', () => {
    expect(codeOf(() => decodeBmp(bmpFile({ width: 9, height: 9, bitsPerPixel: 24, pixels: [1, 2, 3] })))).toBe(
      'image-truncated',
    );
    expect(
      codeOf(() => decodeBmp(bmpFile({ width: 1, height: 1, bitsPerPixel: 24, pixels: [] }).subarray(0, 20))),
    ).toBe('image-truncated');
  });

  it.each([
    ['embedded JPEG', { bitsPerPixel: 24, compression: 4, width: 1 }],
    ['an odd depth', { bitsPerPixel: 5, compression: 0, width: 1 }],
    ['no width', { bitsPerPixel: 24, compression: 0, width: 0 }],
  ])('refuses %s', (_, parts) => {
    expect(codeOf(() => decodeBmp(bmpFile({ ...parts, height: 1, pixels: [0, 0, 0, 0] })))).toBe(
      'image-unsupported-format',
    );
  });
});
