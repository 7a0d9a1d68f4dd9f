import { readdirSync, readFileSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { bmpFile } from '@/lib/engines/vision/test-support/bmp-files';
import { hasReference, referencePath, referencePixels } from '@/lib/engines/vision/test-support/reference-files';
import { decodeImageFile } from '@/lib/platform/images/sharp-decoder';

const width = 6;
const height = 4;

/** Colours that differ at every pixel and channel. */
const colours = Buffer.from(Array.from({ length: width * height * 3 }, (_, i) => (i * 37) % 256));

function source(): Sharp {
  return sharp(colours, { raw: { width, height, channels: 3 } });
}

describe('decodeImageFile', () => {
  it('gives the stored pixels of a lossless file', async () => {
    for (const bytes of [await source().png().toBuffer(), await source().webp({ lossless: true }).toBuffer()]) {
      expect(await decodeImageFile(bytes)).toEqual({ width, height, channels: 3, data: Uint8Array.from(colours) });
    }
  });

  it('drops alpha and keeps the colour beneath it', async () => {
    const rgba = Buffer.alloc(width * height * 4);
    for (let p = 0; p < width * height; p++) colours.copy(rgba, p * 4, p * 3, p * 3 + 3);
    const raw = { raw: { width, height, channels: 4 as const } };
    for (const bytes of [
      await sharp(rgba, raw).png().toBuffer(),
      await sharp(rgba, raw).webp({ lossless: true, exact: true }).toBuffer(),
    ]) {
      expect((await decodeImageFile(bytes)).data).toEqual(Uint8Array.from(colours));
    }
  });

  it('replicates gray, with and without alpha', async () => {
    const grays = Buffer.from([0, 80, 160, 255]);
    const gray = await sharp(grays, { raw: { width: 2, height: 2, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    expect(Array.from((await decodeImageFile(gray)).data)).toEqual([0, 0, 0, 80, 80, 80, 160, 160, 160, 255, 255, 255]);
    const withAlpha = Buffer.from([7, 0, 9, 255]);
    const grayAlpha = await sharp(withAlpha, { raw: { width: 2, height: 1, channels: 2 } })
      .png()
      .toBuffer();
    expect(Array.from((await decodeImageFile(grayAlpha)).data)).toEqual([7, 7, 7, 9, 9, 9]);
  });

  it('cuts 16 bits to the upper 8 without rounding', async () => {
    const deep = Uint16Array.of(0x00ff, 0x1280, 0x7fff, 0xff00, 0xfeff, 0x0100);
    const bytes = await sharp(deep, { raw: { width: 2, height: 1, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    expect(Array.from((await decodeImageFile(bytes)).data)).toEqual([0x00, 0x12, 0x7f, 0xff, 0xfe, 0x01]);
  });

  it('ignores colour profiles, as OpenCV does', async () => {
    const bytes = await source().withIccProfile('p3').png().toBuffer();
    const stored = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
    expect((await decodeImageFile(bytes)).data).toEqual(Uint8Array.from(stored));
  });

  it('turns an image upright by its EXIF orientation', async () => {
    const bytes = await source().png().withMetadata({ orientation: 6 }).toBuffer();
    const upright = await decodeImageFile(bytes);
    expect(upright).toMatchObject({ width: height, height: width });
    // Orientation 6: the stored left column, read upwards, is the upright top row.
    const lowerLeft = (height - 1) * width * 3;
    expect(Array.from(upright.data.subarray(0, 3))).toEqual(Array.from(colours.subarray(lowerLeft, lowerLeft + 3)));
  });

  it('takes the first frame of an animated GIF', async () => {
    const frames = Buffer.concat([Buffer.alloc(75, 255), Buffer.alloc(75, 0)]);
    const bytes = await sharp(frames, { raw: { width: 5, height: 10, channels: 3, pageHeight: 5 } })
      .gif()
      .toBuffer();
    const image = await decodeImageFile(bytes);
    expect(image).toMatchObject({ width: 5, height: 5 });
    expect(new Set(image.data)).toEqual(new Set([255]));
  });

  it('reads AVIF and BMP', async () => {
    const avif = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#c02040' } })
      .avif({ quality: 90, effort: 0 })
      .toBuffer();
    const image = await decodeImageFile(avif);
    expect(image).toMatchObject({ width: 16, height: 16, channels: 3 });
    expect(Math.abs(image.data[0] - 0xc0)).toBeLessThan(6);
    const bmp = bmpFile({ width: 1, height: 1, bitsPerPixel: 24, pixels: [3, 2, 1, 0] });
    expect(Array.from((await decodeImageFile(bmp)).data)).toEqual([1, 2, 3]);
  });

  it('refuses an image that is cut off, instead of guessing its rest', async () => {
    const noise = Buffer.from(Array.from({ length: 200 * 200 * 3 }, (_, i) => (i * i * 31) % 251));
    const raw = { raw: { width: 200, height: 200, channels: 3 as const } };
    for (const bytes of [await sharp(noise, raw).jpeg().toBuffer(), await sharp(noise, raw).png().toBuffer()]) {
      const cut = bytes.subarray(0, bytes.length / 2);
      await expect(decodeImageFile(cut)).rejects.toMatchObject({ name: 'Fault', code: 'image-truncated' });
    }
  });

  it('refuses by the header what is empty, no image or too large', async () => {
    await expect(decodeImageFile(new Uint8Array())).rejects.toMatchObject({ code: 'image-empty' });
    await expect(decodeImageFile(Buffer.from('hello there'))).rejects.toMatchObject({ code: 'image-not-an-image' });
    const huge = await source().png().toBuffer();
    huge.writeUInt32BE(20_000, 16);
    huge.writeUInt32BE(20_000, 20);
    await expect(decodeImageFile(huge)).rejects.toMatchObject({ code: 'image-too-large' });
  });
});

describe.skipIf(!hasReference)('decodeImageFile against the pixels the package saw', () => {
  const names = hasReference ? readdirSync(referencePath('images/decoded')) : [];

  it.each(names)('agrees on %s', async (name) => {
    const expected = await referencePixels(`images/decoded/${name}`);
    const found = await decodeImageFile(readFileSync(referencePath(`images/${name.slice(0, -4)}`)));
    expect(found).toMatchObject({ width: expected.width, height: expected.height });
    const tolerance = /\.jpg\.png$/.test(name) ? 2 : 0;
    let worst = 0;
    for (let i = 0; i < expected.data.length; i++) {
      worst = Math.max(worst, Math.abs(expected.data[i] - found.data[i]));
    }
    expect(worst).toBeLessThanOrEqual(tolerance);
  });
});
