import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readImageHeader } from '@/lib/engines/vision/image-header';
import { bmpFile, coreBmpFile } from '@/lib/engines/vision/test-support/bmp-files';
import { hasReference, referencePath } from '@/lib/engines/vision/test-support/reference-files';

const colour = { create: { width: 37, height: 21, channels: 3 as const, background: '#204080' } };
const transparent = { create: { width: 37, height: 21, channels: 4 as const, background: '#20408080' } };

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe('readImageHeader', () => {
  it.each([
    ['jpeg', sharp(colour).jpeg(), { mayHaveAlpha: false, bitDepth: 8, components: 3 }],
    ['jpeg', sharp(colour).jpeg({ progressive: true }), { mayHaveAlpha: false }],
    ['png', sharp(colour).png(), { mayHaveAlpha: false, bitDepth: 8 }],
    ['png', sharp(transparent).png(), { mayHaveAlpha: true }],
    ['png', sharp(colour).toColourspace('rgb16').png(), { bitDepth: 16 }],
    ['gif', sharp(colour).gif(), { mayHaveAlpha: true, bitDepth: 8 }],
    ['webp', sharp(colour).webp(), { mayHaveAlpha: false, bitDepth: 8 }],
    ['webp', sharp(colour).webp({ lossless: true }), { mayHaveAlpha: false }],
    ['webp', sharp(transparent).webp(), { mayHaveAlpha: true }],
    ['webp', sharp(transparent).webp({ lossless: true }), { mayHaveAlpha: true }],
    ['avif', sharp(colour).avif({ effort: 0 }), { mayHaveAlpha: false, bitDepth: 8 }],
    ['avif', sharp(transparent).avif({ effort: 0 }), { mayHaveAlpha: true }],
  ])('reads size, alpha and depth of %s', async (format, image, expected) => {
    const header = readImageHeader(await image.toBuffer());
    expect(header).toMatchObject({ kind: 'image', format, width: 37, height: 21, orientation: 1, ...expected });
  });

  it('reads the size of BMP files with either header and either row order', () => {
    const parts = { width: 5, height: 3, bitsPerPixel: 24, pixels: [] };
    const expected = { kind: 'image', format: 'bmp', width: 5, height: 3 };
    expect(readImageHeader(bmpFile(parts))).toMatchObject(expected);
    expect(readImageHeader(bmpFile({ ...parts, height: -3 }))).toMatchObject(expected);
    expect(readImageHeader(coreBmpFile(parts))).toMatchObject(expected);
  });

  it.each(['jpeg', 'png', 'webp'] as const)('reads the EXIF orientation of %s', async (format) => {
    for (const orientation of [3, 6, 8]) {
      const bytes = await sharp(colour).toFormat(format).withMetadata({ orientation }).toBuffer();
      expect(readImageHeader(bytes)).toMatchObject({ orientation, width: 37, height: 21 });
    }
  });

  it('treats an orientation outside 1–8 as none', async () => {
    const bytes = await sharp(colour).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const entry = bytes.indexOf(Buffer.from([0x12, 0x01, 0x03, 0x00]));
    const bigEndian = bytes.indexOf(Buffer.from([0x01, 0x12, 0x00, 0x03]));
    bytes.fill(99, Math.max(entry, bigEndian) + 8, Math.max(entry, bigEndian) + 10);
    expect(readImageHeader(bytes)).toMatchObject({ orientation: 1 });
  });

  it.each([
    ['heic', ascii('\0\0\0\x18ftypheic\0\0\0\0mif1heic')],
    ['video', ascii('\0\0\0\x18ftypisom\0\0\0\0isommp42')],
    ['video', Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3, 1)],
    ['tiff', Uint8Array.of(0x49, 0x49, 0x2a, 0, 8, 0, 0, 0)],
    ['pdf', ascii('%PDF-1.7\n')],
    ['zip', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0)],
    ['svg', ascii('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['html', ascii('\n<!DOCTYPE html><html></html>')],
    ['text', ascii('BMW is a car maker. Größe: 3 m.')],
    ['onnx', Uint8Array.of(0x08, 0x08, 0x12, 0x07, 0x70, 0x79)],
  ])('names %s files', (what, bytes) => {
    expect(readImageHeader(bytes)).toEqual({ kind: 'foreign', what });
  });

  it('tells empty from unknown', () => {
    expect(readImageHeader(new Uint8Array())).toEqual({ kind: 'empty' });
    expect(readImageHeader(Uint8Array.of(0x00, 0xff, 0x13, 0x37))).toEqual({ kind: 'unknown' });
  });

  it('never fails on a cut or corrupt head, whatever its length', async () => {
    const files = await Promise.all([
      sharp(colour).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
      sharp(transparent).png().withMetadata({ orientation: 6 }).toBuffer(),
      sharp(transparent).webp().withMetadata({ orientation: 6 }).toBuffer(),
      sharp(colour).gif().toBuffer(),
      sharp(transparent).avif({ effort: 0 }).toBuffer(),
    ]);
    for (const file of files) {
      for (let length = 1; length < Math.min(file.length, 600); length++) {
        readImageHeader(file.subarray(0, length));
        const broken = Uint8Array.from(file);
        broken.fill(0xff, length, length + 4);
        readImageHeader(broken);
      }
      expect(readImageHeader(file.subarray(0, 12))).toMatchObject({ kind: 'image' });
    }
  });

  it('leaves the size null when the head ends before it', async () => {
    const bytes = await sharp(colour).jpeg().toBuffer();
    expect(readImageHeader(bytes.subarray(0, 30))).toMatchObject({
      kind: 'image',
      format: 'jpeg',
      width: null,
      height: null,
    });
  });
});

describe.skipIf(!hasReference)('readImageHeader on real photographs', () => {
  it.each([
    ['bus.jpg', { format: 'jpeg', width: 810, height: 1080, orientation: 1 }],
    ['photo-exif6.jpg', { format: 'jpeg', width: 720, height: 1280, orientation: 6 }],
    ['photo-alpha.png', { format: 'png', width: 900, height: 720, mayHaveAlpha: true }],
    ['photo-gray16.png', { format: 'png', bitDepth: 16 }],
    ['photo-webp.webp', { format: 'webp', width: 1280, height: 720 }],
    ['photo-cmyk.jpg', { format: 'jpeg', width: 640, height: 360 }],
  ])('reads %s', (name, expected) => {
    expect(readImageHeader(readFileSync(referencePath(`images/${name}`)))).toMatchObject({
      kind: 'image',
      ...expected,
    });
  });
});
