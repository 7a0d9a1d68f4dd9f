import { readAvifFacts } from '@/lib/engines/vision/avif-facts';
import { exifOrientation, type Orientation } from '@/lib/engines/vision/exif-orientation';
import { type ForeignKind, fileKind, type ImageFormat, isImageFormat } from '@/lib/engines/vision/file-kind';
import { HeadBytes } from '@/lib/engines/vision/head-bytes';

/** What an image file says about itself before anything is decoded. */
type ImageFacts = {
  /** Stored size in pixels, before orientation; null when the given bytes end before it. */
  readonly width: number | null;
  readonly height: number | null;
  /** From EXIF. AVIF turns by its own properties, which every decoder applies: always 1 there. */
  readonly orientation: Orientation;
  readonly mayHaveAlpha: boolean;
  /** Bits of one channel of one pixel (of one palette index), or null when unknown. */
  readonly bitDepth: number | null;
  /** Colour components, of a JPEG only: 1 gray, 3 RGB or YCbCr, 4 CMYK or YCCK. */
  readonly components?: number;
};

export type ImageHeader =
  | ({ readonly kind: 'image'; readonly format: ImageFormat } & ImageFacts)
  /** Recognised, and not an image that is decoded. */
  | { readonly kind: 'foreign'; readonly what: ForeignKind }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'empty' };

/** Segments or chunks before the pixels: a photograph has some ten; a corrupt file must not make a long loop. */
const maximumSegments = 4096;

const unknownFacts: ImageFacts = { width: null, height: null, orientation: 1, mayHaveAlpha: false, bitDepth: null };

/**
 * Reads format, size, EXIF orientation, depth and the chance of alpha out of the first bytes of a file; 256 KiB are enough
 * for all but the most decorated photographs, the whole file is always enough. Never throws: what is cut off is null.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader {
  if (bytes.length === 0) return { kind: 'empty' };
  const head = new HeadBytes(bytes);
  const kind = fileKind(head);
  if (kind === null) return { kind: 'unknown' };
  if (!isImageFormat(kind)) return { kind: 'foreign', what: kind };
  return { kind: 'image', format: kind, ...factsOf(kind, head) };
}

function factsOf(format: ImageFormat, head: HeadBytes): ImageFacts {
  switch (format) {
    case 'jpeg':
      return jpegFacts(head);
    case 'png':
      return pngFacts(head);
    case 'gif':
      return {
        ...unknownFacts,
        width: sizeOrNull(head.u16(6, true)),
        height: sizeOrNull(head.u16(8, true)),
        mayHaveAlpha: true,
        bitDepth: 8,
      };
    case 'webp':
      return webpFacts(head);
    case 'bmp':
      return bmpFacts(head);
    case 'avif':
      return { ...unknownFacts, ...readAvifFacts(head) };
  }
}

/** ITU T.81: segments FF xx length; the frame header (SOF) has depth, height, width. */
function jpegFacts(head: HeadBytes): ImageFacts {
  let orientation: Orientation = 1;
  let offset = 2;
  for (let i = 0; i < maximumSegments && offset + 4 <= head.length; i++) {
    if (head.u8(offset) !== 0xff) break;
    const marker = head.u8(offset + 1);
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      offset += marker === 0xff ? 1 : 2;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) break;
    const body = offset + 4;
    if (marker === 0xe1 && head.text(body, 6) === 'Exif\0\0') {
      orientation = exifOrientation(head.slice(body + 6, head.u16(offset + 2, false) - 8));
    }
    if (isFrameHeader(marker)) {
      return {
        width: sizeOrNull(head.u16(body + 3, false)),
        height: sizeOrNull(head.u16(body + 1, false)),
        orientation,
        mayHaveAlpha: false,
        bitDepth: head.u8(body) || null,
        components: head.u8(body + 5),
      };
    }
    offset += 2 + Math.max(2, head.u16(offset + 2, false));
  }
  return { ...unknownFacts, orientation };
}

function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** PNG 1.2 §5: chunks length, type, data, CRC; IHDR comes first, eXIf anywhere. */
function pngFacts(head: HeadBytes): ImageFacts {
  if (head.text(12, 4) !== 'IHDR') return unknownFacts;
  let orientation: Orientation = 1;
  let hasTransparency = false;
  let offset = 8;
  for (let i = 0; i < maximumSegments && offset + 8 <= head.length; i++) {
    const length = head.u32(offset, false);
    const type = head.text(offset + 4, 4);
    if (type === 'eXIf') orientation = exifOrientation(head.slice(offset + 8, length));
    if (type === 'tRNS') hasTransparency = true;
    offset += 12 + length;
  }
  const colourType = head.u8(25);
  return {
    width: sizeOrNull(head.u32(16, false)),
    height: sizeOrNull(head.u32(20, false)),
    orientation,
    mayHaveAlpha: colourType === 4 || colourType === 6 || hasTransparency,
    bitDepth: head.u8(24) || null,
  };
}

/** RFC 9649: an extended file (VP8X) states its canvas; a simple one has the size in its only chunk. */
function webpFacts(head: HeadBytes): ImageFacts {
  const body = 20;
  switch (head.text(12, 4)) {
    case 'VP8X':
      return {
        width: head.length < body + 10 ? null : head.u24le(body + 4) + 1,
        height: head.length < body + 10 ? null : head.u24le(body + 7) + 1,
        orientation: webpOrientation(head),
        mayHaveAlpha: (head.u8(body) & 0x10) !== 0,
        bitDepth: 8,
      };
    case 'VP8L': {
      const packed = head.u32(body + 1, true);
      if (head.u8(body) !== 0x2f || head.length < body + 5) return unknownFacts;
      return {
        width: (packed & 0x3fff) + 1,
        height: ((packed >>> 14) & 0x3fff) + 1,
        orientation: 1,
        mayHaveAlpha: ((packed >>> 28) & 1) === 1,
        bitDepth: 8,
      };
    }
    case 'VP8 ':
      return {
        width: sizeOrNull(head.u16(body + 6, true) & 0x3fff),
        height: sizeOrNull(head.u16(body + 8, true) & 0x3fff),
        orientation: 1,
        mayHaveAlpha: false,
        bitDepth: 8,
      };
    default:
      return unknownFacts;
  }
}

function webpOrientation(head: HeadBytes): Orientation {
  let offset = 12;
  for (let i = 0; i < maximumSegments && offset + 8 <= head.length; i++) {
    const length = head.u32(offset + 4, true);
    if (head.text(offset, 4) === 'EXIF') {
      const prefix = head.text(offset + 8, 6) === 'Exif\0\0' ? 6 : 0;
      return exifOrientation(head.slice(offset + 8 + prefix, length - prefix));
    }
    offset += 8 + length + (length & 1);
  }
  return 1;
}

/** A core header (12 bytes) has 16-bit sides; all later ones 32-bit, the height negative when rows run downwards. */
function bmpFacts(head: HeadBytes): ImageFacts {
  const isCore = head.u32(14, true) === 12;
  const bitsPerPixel = head.u16(isCore ? 24 : 28, true);
  return {
    width: sizeOrNull(isCore ? head.u16(18, true) : Math.abs(head.i32le(18))),
    height: sizeOrNull(isCore ? head.u16(20, true) : Math.abs(head.i32le(22))),
    orientation: 1,
    mayHaveAlpha: bitsPerPixel === 32,
    bitDepth: Math.min(bitsPerPixel, 8) || null,
  };
}

function sizeOrNull(length: number): number | null {
  return length > 0 ? length : null;
}
