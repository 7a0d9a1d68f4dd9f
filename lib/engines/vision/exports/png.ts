import { assert } from '@/lib/core/assert';
import { deflateRuns } from '@/lib/engines/vision/exports/deflate-runs';

/**
 * Samples to be written as a PNG: rows from the top, interleaved. Grey has one channel of 8 or 16 bits, `rgba` four of 8.
 */
export type PngSource =
  | { readonly kind: 'grey8'; readonly width: number; readonly height: number; readonly data: Uint8Array }
  | { readonly kind: 'grey16'; readonly width: number; readonly height: number; readonly data: Uint16Array }
  | { readonly kind: 'rgba8'; readonly width: number; readonly height: number; readonly data: Uint8Array };

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

const formats = {
  grey8: { bitDepth: 8, colourType: 0, bytesPerPixel: 1 },
  grey16: { bitDepth: 16, colourType: 0, bytesPerPixel: 2 },
  rgba8: { bitDepth: 8, colourType: 6, bytesPerPixel: 4 },
} as const;

const noFilter = 0;
const upFilter = 2;

/**
 * A PNG file (ISO/IEC 15948), the same bytes for the same samples on every machine. Made for masks, class maps and depth:
 * each row is stored as the difference to the row above, so that areas of one value become runs of zeros.
 */
export function encodePng(source: PngSource): Uint8Array {
  const { width, height } = source;
  const { bitDepth, colourType, bytesPerPixel } = formats[source.kind];
  assert(width > 0 && height > 0, 'a PNG has at least one pixel');
  const samples = source.kind === 'grey16' ? bigEndian(source.data) : source.data;
  assert(samples.length === width * height * bytesPerPixel, 'the samples fill the PNG exactly');

  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([bitDepth, colourType, 0, 0, 0], 8);

  return concatenate([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateRuns(filterRows(samples, width * bytesPerPixel, height))),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function filterRows(samples: Uint8Array, rowBytes: number, height: number): Uint8Array {
  const filtered = new Uint8Array(height * (rowBytes + 1));
  filtered[0] = noFilter;
  filtered.set(samples.subarray(0, rowBytes), 1);
  for (let y = 1; y < height; y++) {
    const from = y * rowBytes;
    const to = y * (rowBytes + 1);
    filtered[to] = upFilter;
    for (let x = 0; x < rowBytes; x++) {
      filtered[to + 1 + x] = (samples[from + x] as number) - (samples[from - rowBytes + x] as number);
    }
  }
  return filtered;
}

function bigEndian(values: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 2);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    bytes[2 * i] = value >> 8;
    bytes[2 * i + 1] = value & 0xff;
  }
  return bytes;
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, body.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(body, 8);
  view.setUint32(8 + body.length, crc32(bytes.subarray(4, 8 + body.length)));
  return bytes;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
