import { inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { base64 } from '@/lib/engines/vision/exports/base64';
import { deflateRuns } from '@/lib/engines/vision/exports/deflate-runs';
import { encodePng } from '@/lib/engines/vision/exports/png';

describe('deflating', () => {
  it.each([0, 1, 2, 3, 4, 10, 11, 12, 257, 258, 259, 260, 261, 262, 516, 1000, 70_000])(
    'gives back a run of %i equal bytes',
    (length) => {
      const bytes = new Uint8Array(length).fill(200);
      expect(new Uint8Array(inflateSync(deflateRuns(bytes)))).toEqual(bytes);
    },
  );

  it('gives back noise of every byte value', () => {
    const bytes = noise(100_000);
    expect(Buffer.compare(inflateSync(deflateRuns(bytes)), bytes)).toBe(0);
  });

  it('makes a class map of large areas at least a hundred times smaller', () => {
    expect(deflateRuns(new Uint8Array(1_000_000)).length).toBeLessThan(10_000);
  });
});

describe('PNG', () => {
  it('keeps 8-bit grey', async () => {
    const data = noise(37 * 23);
    const png = encodePng({ kind: 'grey8', width: 37, height: 23, data });
    const { data: decoded, info } = await sharp(png).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 37, height: 23, channels: 1 });
    expect(Buffer.compare(decoded, data)).toBe(0);
  });

  it('keeps all four channels where alpha is clear', async () => {
    const data = noise(19 * 11 * 4);
    const png = encodePng({ kind: 'rgba8', width: 19, height: 11, data });
    expect(Buffer.compare(await sharp(png).raw().toBuffer(), data)).toBe(0);
  });

  it('keeps 16-bit grey', async () => {
    const data = Uint16Array.of(0, 1, 255, 256, 4660, 65535);
    const png = encodePng({ kind: 'grey16', width: 3, height: 2, data });
    const decoded = await sharp(png).toColourspace('grey16').raw({ depth: 'ushort' }).toBuffer();
    expect(new Uint16Array(decoded.buffer.slice(decoded.byteOffset, decoded.byteOffset + 12))).toEqual(data);
  });
});

describe('base64', () => {
  it('agrees with Buffer beyond one slice', () => {
    const bytes = noise(100_001);
    expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  });
});

function noise(length: number): Uint8Array {
  let state = 12345;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 24;
  });
}
