import { Fault } from '@/lib/core/fault';
import { type BmpLayout, readBmpLayout, type WriteIndex } from '@/lib/engines/vision/bmp-layout';
import { decodeBmpRuns } from '@/lib/engines/vision/bmp-runs';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';

/**
 * Decodes a BMP file (Windows and OS/2 headers; 1, 2, 4, 8, 16, 24, 32 bits; palettes, bit fields, RLE4, RLE8; rows up or down) to
 * RGB. Alpha is dropped. Pixels that a run-length file skips have palette colour 0. Throws a `Fault`: `image-truncated` or
 * `image-unsupported-format`. Size limits are the caller's (`checkImageHeader`); no loop runs longer than the image is large.
 */
export function decodeBmp(bytes: Uint8Array): PixelImage {
  const layout = readBmpLayout(bytes);
  const { width, height } = layout;
  const data = new Uint8Array(width * height * 3);
  switch (layout.coding) {
    case 'rle4':
    case 'rle8':
      paintIndices(data, layout, (write) => decodeBmpRuns(bytes.subarray(layout.pixelOffset), layout, write));
      break;
    case 'palette':
      paintIndices(data, layout, (write) => readPackedIndices(bytes, layout, write));
      break;
    case 'colour':
      readColours(bytes, layout, data);
      break;
  }
  return { width, height, channels: 3, data };
}

function paintIndices(data: Uint8Array, layout: BmpLayout, read: (write: WriteIndex) => void): void {
  const { palette, width } = layout;
  const background = palette.subarray(0, 3);
  for (let o = 0; o < data.length; o += 3) data.set(background, o);
  read((x, y, index) => {
    const o = (imageRow(layout, y) * width + x) * 3;
    const p = index * 3;
    data[o] = palette[p];
    data[o + 1] = palette[p + 1];
    data[o + 2] = palette[p + 2];
  });
}

function readPackedIndices(bytes: Uint8Array, layout: BmpLayout, write: WriteIndex): void {
  const { width, height, bitsPerPixel, pixelOffset } = layout;
  const stride = rowStride(layout);
  requireLength(bytes, pixelOffset + stride * height);
  const perByte = 8 / bitsPerPixel;
  const mask = (1 << bitsPerPixel) - 1;
  for (let y = 0; y < height; y++) {
    const row = pixelOffset + y * stride;
    for (let x = 0; x < width; x++) {
      const shift = 8 - bitsPerPixel * ((x % perByte) + 1);
      write(x, y, (bytes[row + Math.floor(x / perByte)] >> shift) & mask);
    }
  }
}

function readColours(bytes: Uint8Array, layout: BmpLayout, data: Uint8Array): void {
  const { width, height, bitsPerPixel, pixelOffset, masks } = layout;
  const stride = rowStride(layout);
  requireLength(bytes, pixelOffset + stride * height);
  const [red, green, blue] = masks.map(channelReader);
  const bytesPerPixel = bitsPerPixel / 8;
  for (let y = 0; y < height; y++) {
    let p = pixelOffset + y * stride;
    let o = imageRow(layout, y) * width * 3;
    for (let x = 0; x < width; x++, p += bytesPerPixel, o += 3) {
      let value = bytes[p] | (bytes[p + 1] << 8);
      if (bytesPerPixel > 2) value |= bytes[p + 2] << 16;
      if (bytesPerPixel > 3) value |= bytes[p + 3] << 24;
      data[o] = red(value);
      data[o + 1] = green(value);
      data[o + 2] = blue(value);
    }
  }
}

/** Takes one channel out of a pixel by its mask and stretches it to 0–255; a channel without bits is 0. */
function channelReader(mask: number): (value: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const largest = mask >>> shift;
  if (largest === 255) return (value) => (value >>> shift) & 255;
  return (value) => Math.round((((value & mask) >>> shift) * 255) / largest);
}

/** Rows are padded to four bytes. */
function rowStride({ width, bitsPerPixel }: BmpLayout): number {
  return Math.ceil((width * bitsPerPixel) / 32) * 4;
}

function imageRow({ height, topDown }: BmpLayout, storedRow: number): number {
  return topDown ? storedRow : height - 1 - storedRow;
}

function requireLength(bytes: Uint8Array, length: number): void {
  if (bytes.length >= length) return;
  throw new Fault({
    code: 'image-truncated',
    found: `This BMP is cut off: its pixels end at byte ${length}, the file at byte ${bytes.length}.`,
    remedy: 'Copy or download it again.',
  });
}
