import { describe, expect, it } from 'vitest';
import { Fault, type PlainFault } from '@/lib/core/fault';
import { readImageHeader } from '@/lib/engines/vision/image-header';
import { checkImageHeader, defaultImageLimits } from '@/lib/engines/vision/image-limits';

/** A PNG head that claims a size; no pixels follow. */
function pngHead(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  bytes.set([8, 2], 24);
  return bytes;
}

function faultOf(bytes: Uint8Array): PlainFault {
  try {
    checkImageHeader(readImageHeader(bytes), defaultImageLimits);
  } catch (error) {
    if (error instanceof Fault) return error.toPlain();
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('checkImageHeader', () => {
  it('lets an ordinary and a 108 megapixel image through', () => {
    checkImageHeader(readImageHeader(pngHead(1920, 1080)), defaultImageLimits);
    checkImageHeader(readImageHeader(pngHead(12_000, 9_000)), defaultImageLimits);
  });

  it('refuses 20 000 × 20 000 with the size found, the limit and its reason', () => {
    const fault = faultOf(pngHead(20_000, 20_000));
    expect(fault.code).toBe('image-too-large');
    expect(fault.found.replaceAll('\u00a0', ' ')).toContain('20 000 × 20 000 = 400 megapixels; at most 134');
    expect(fault.found).toContain('memory');
  });

  it('refuses a side that no canvas holds', () => {
    expect(faultOf(pngHead(70_000, 10))).toMatchObject({ code: 'image-too-large' });
  });

  it('says that a file is empty', () => {
    expect(faultOf(new Uint8Array())).toMatchObject({ code: 'image-empty' });
  });

  it('names what was dropped instead of an image', () => {
    expect(faultOf(new TextEncoder().encode('%PDF-1.4'))).toMatchObject({
      code: 'image-not-an-image',
      found: 'This is a PDF document, not an image.',
    });
    expect(faultOf(Uint8Array.of(0x49, 0x49, 0x2a, 0, 8))).toMatchObject({
      code: 'image-unsupported-format',
      remedy: 'Save it as JPEG, PNG, WebP, GIF, AVIF or BMP.',
    });
    expect(faultOf(Uint8Array.of(0, 1, 2, 3))).toMatchObject({ code: 'image-not-an-image' });
  });

  it('says that a file ends before its size', () => {
    expect(faultOf(pngHead(5, 5).subarray(0, 14))).toMatchObject({ code: 'image-truncated' });
  });
});
