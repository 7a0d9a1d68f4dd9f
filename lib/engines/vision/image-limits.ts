import { Fault } from '@/lib/core/fault';
import { foreignKinds } from '@/lib/engines/vision/file-kind';
import type { ImageHeader } from '@/lib/engines/vision/image-header';

/** How large an image may be before it is decoded, and why, as a clause that ends a sentence. */
export type ImageLimits = {
  readonly maximumPixels: number;
  /** Pixels of the longer side. */
  readonly maximumSide: number;
  readonly reason: string;
};

/**
 * The same in browser and Node, so that both refuse the same file. 2²⁷ pixels are 512 MiB as RGBA, and decoding holds up to
 * two such copies; 65 535 is the longest side of a JPEG and of a browser's canvas.
 */
export const defaultImageLimits: ImageLimits = {
  maximumPixels: 2 ** 27,
  maximumSide: 65_535,
  reason: 'decoding it would need more than half a gigabyte of memory for one copy of its pixels',
};

const readableFormats = 'JPEG, PNG, WebP, GIF, AVIF or BMP';

/**
 * Refuses, before anything is decoded, what cannot be decoded. Throws a `Fault`: `image-empty`, `image-not-an-image`,
 * `image-unsupported-format`, `image-truncated` (no size in the whole file) or `image-too-large`.
 */
export function checkImageHeader(
  header: ImageHeader,
  limits: ImageLimits = defaultImageLimits,
): asserts header is Extract<ImageHeader, { kind: 'image' }> & { readonly width: number; readonly height: number } {
  switch (header.kind) {
    case 'empty':
      throw new Fault({
        code: 'image-empty',
        found: 'This file is empty (0 bytes), where an image was expected.',
        remedy: 'Copy or download the image again.',
      });
    case 'unknown':
      throw new Fault({
        code: 'image-not-an-image',
        found: 'This file does not begin as any image format does.',
        remedy: `Choose a ${readableFormats} image.`,
      });
    case 'foreign': {
      const { name, isImage } = foreignKinds[header.what];
      throw new Fault({
        code: isImage ? 'image-unsupported-format' : 'image-not-an-image',
        found: `This is ${name}, ${isImage ? 'a format that is not read here' : 'not an image'}.`,
        remedy: isImage ? `Save it as ${readableFormats}.` : `Choose a ${readableFormats} image.`,
      });
    }
    case 'image':
      checkSize(header.width, header.height, limits);
  }
}

function checkSize(width: number | null, height: number | null, limits: ImageLimits): void {
  if (width === null || height === null) {
    throw new Fault({
      code: 'image-truncated',
      found: 'This image ends before it says how large it is.',
      remedy: 'Copy or download it again.',
    });
  }
  const size = `${grouped(width)} × ${grouped(height)}`;
  if (width * height > limits.maximumPixels) {
    const found = `${size} = ${megapixels(width * height)} megapixels`;
    throw new Fault({
      code: 'image-too-large',
      found: `This image is too large: ${found}; at most ${megapixels(limits.maximumPixels)} are read, because ${limits.reason}.`,
      remedy: 'Scale it down, or cut it into parts.',
    });
  }
  if (Math.max(width, height) > limits.maximumSide) {
    throw new Fault({
      code: 'image-too-large',
      found: `This image is too long: ${size} pixels; a side may have at most ${grouped(limits.maximumSide)}.`,
      remedy: 'Scale it down, or cut it into parts.',
    });
  }
}

function megapixels(pixels: number): string {
  return grouped(Math.round(pixels / 1e6));
}

/** Thousands apart by no-break spaces, as “20 000”. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
}
