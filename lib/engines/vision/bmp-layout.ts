import { Fault } from '@/lib/core/fault';

/** How the pixels of a BMP are stored: what the headers say, checked. */
export type BmpLayout = {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bitsPerPixel: number;
  readonly coding: 'palette' | 'colour' | 'rle4' | 'rle8';
  readonly pixelOffset: number;
  /** 256 × RGB; colours that the file leaves out are black. */
  readonly palette: Uint8Array;
  /** Bits of red, green and blue in a pixel, for `colour`. */
  readonly masks: readonly [number, number, number];
};

/** Puts palette colour `index` at column x of stored row y (the first is the lowest, unless the file runs top-down). */
export type WriteIndex = (x: number, y: number, index: number) => void;

const fileHeaderLength = 14;
const coreHeaderLength = 12;

/** Compression codes of [MS-WMF] 2.1.1.7. */
const compressions = { none: 0, rle8: 1, rle4: 2, bitfields: 3, alphaBitfields: 6 } as const;

/** Masks that 16- and 24/32-bit files without bit fields have. */
const masks555 = [0x7c00, 0x03e0, 0x001f] as const;
const masks888 = [0xff0000, 0x00ff00, 0x0000ff] as const;

/** Reads the headers of a BMP. Throws a `Fault`: `image-truncated` or `image-unsupported-format`. */
export function readBmpLayout(bytes: Uint8Array): BmpLayout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  requireBytes(view, fileHeaderLength + coreHeaderLength);
  const headerLength = view.getUint32(14, true);
  requireBytes(view, fileHeaderLength + headerLength);
  const isCore = headerLength === coreHeaderLength;
  if (!isCore && headerLength < 16) throw unsupported(`a header of ${headerLength} bytes`);

  const width = isCore ? view.getUint16(18, true) : view.getInt32(18, true);
  const signedHeight = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
  const bitsPerPixel = view.getUint16(isCore ? 24 : 28, true);
  const compression = headerLength >= 40 ? view.getUint32(30, true) : compressions.none;
  if (width <= 0 || signedHeight === 0) throw unsupported(`a size of ${width} × ${signedHeight}`);

  return {
    width,
    height: Math.abs(signedHeight),
    topDown: signedHeight < 0,
    bitsPerPixel,
    coding: codingOf(bitsPerPixel, compression),
    pixelOffset: view.getUint32(10, true),
    palette: readPalette(view, headerLength, isCore, bitsPerPixel),
    masks: readMasks(view, bitsPerPixel, compression),
  };
}

function codingOf(bitsPerPixel: number, compression: number): BmpLayout['coding'] {
  if (compression === compressions.rle8 && bitsPerPixel === 8) return 'rle8';
  if (compression === compressions.rle4 && bitsPerPixel === 4) return 'rle4';
  if (compression === compressions.none && [1, 2, 4, 8].includes(bitsPerPixel)) return 'palette';
  if (compression === compressions.none && [16, 24, 32].includes(bitsPerPixel)) return 'colour';
  const hasMasks = compression === compressions.bitfields || compression === compressions.alphaBitfields;
  if (hasMasks && [16, 32].includes(bitsPerPixel)) return 'colour';
  throw unsupported(`${bitsPerPixel} bits per pixel with compression ${compression}`);
}

/** Colours follow the header as blue, green, red and (but for core headers) an unused byte. */
function readPalette(view: DataView, headerLength: number, isCore: boolean, bitsPerPixel: number): Uint8Array {
  const palette = new Uint8Array(256 * 3);
  if (bitsPerPixel > 8) return palette;
  const stated = headerLength >= 40 ? view.getUint32(46, true) : 0;
  const possible = 1 << bitsPerPixel;
  const count = stated > 0 && stated < possible ? stated : possible;
  const entryLength = isCore ? 3 : 4;
  const start = fileHeaderLength + headerLength;
  for (let i = 0; i < count && start + i * entryLength + 3 <= view.byteLength; i++) {
    palette[i * 3] = view.getUint8(start + i * entryLength + 2);
    palette[i * 3 + 1] = view.getUint8(start + i * entryLength + 1);
    palette[i * 3 + 2] = view.getUint8(start + i * entryLength);
  }
  return palette;
}

/** The masks stand right behind the 40 bytes of an info header, or at the same place inside a longer one. */
function readMasks(view: DataView, bitsPerPixel: number, compression: number): readonly [number, number, number] {
  if (compression === compressions.bitfields || compression === compressions.alphaBitfields) {
    requireBytes(view, 66);
    return [view.getUint32(54, true), view.getUint32(58, true), view.getUint32(62, true)];
  }
  return bitsPerPixel === 16 ? masks555 : masks888;
}

function requireBytes(view: DataView, length: number): void {
  if (view.byteLength >= length) return;
  throw new Fault({
    code: 'image-truncated',
    found: `This BMP is cut off inside its header: ${length} bytes were expected, ${view.byteLength} are there.`,
    remedy: 'Copy or download it again.',
  });
}

function unsupported(what: string): Fault {
  return new Fault({
    code: 'image-unsupported-format',
    found: `This BMP has ${what}, which is not read here.`,
    remedy: 'Save it as PNG or JPEG.',
  });
}
