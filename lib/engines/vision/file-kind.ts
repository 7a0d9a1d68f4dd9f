import type { HeadBytes } from '@/lib/engines/vision/head-bytes';

/** The image formats that are decoded. */
export type ImageFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'bmp' | 'avif';

/**
 * Files that people drop where an image is wanted: recognised to be named, not to be read. `isImage` tells a picture in a
 * format that is not decoded from something that is no picture at all.
 */
export const foreignKinds = {
  heic: { name: 'a HEIC photo', isImage: true },
  tiff: { name: 'a TIFF image', isImage: true },
  svg: { name: 'an SVG drawing', isImage: true },
  'jpeg-xl': { name: 'a JPEG XL image', isImage: true },
  'jpeg-2000': { name: 'a JPEG 2000 image', isImage: true },
  icon: { name: 'a Windows icon', isImage: true },
  photoshop: { name: 'a Photoshop document', isImage: true },
  pdf: { name: 'a PDF document', isImage: false },
  zip: { name: 'a ZIP archive', isImage: false },
  archive: { name: 'a compressed archive', isImage: false },
  video: { name: 'a video', isImage: false },
  audio: { name: 'a sound file', isImage: false },
  html: { name: 'a web page (HTML)', isImage: false },
  onnx: { name: 'an ONNX model', isImage: false },
  text: { name: 'a text file', isImage: false },
} as const satisfies Record<string, { name: string; isImage: boolean }>;

export type ForeignKind = keyof typeof foreignKinds;

const imageSignatures: readonly (readonly [ImageFormat, readonly number[]])[] = [
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
];

const foreignSignatures: readonly (readonly [ForeignKind, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2a]],
  ['tiff', [0x49, 0x49, 0x2b, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['archive', [0x1f, 0x8b]],
  ['archive', [0x52, 0x61, 0x72, 0x21]],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['photoshop', [0x38, 0x42, 0x50, 0x53]],
  ['icon', [0x00, 0x00, 0x01, 0x00]],
  ['jpeg-xl', [0xff, 0x0a]],
  ['jpeg-xl', [0x00, 0x00, 0x00, 0x0c, 0x4a, 0x58, 0x4c, 0x20]],
  ['jpeg-2000', [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20]],
  ['jpeg-2000', [0xff, 0x4f, 0xff, 0x51]],
  ['video', [0x1a, 0x45, 0xdf, 0xa3]],
  ['audio', [0x49, 0x44, 0x33]],
  ['audio', [0x4f, 0x67, 0x67, 0x53]],
];

const heicBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);

/** ISO base media brands stand at the head of the file; more than this many is not a real list. */
const maximumBrands = 32;

/** As much of a file as is looked at to call it text. */
const textSampleLength = 512;

/** What a file is by its first bytes: an image format, something known that is none, or null. */
export function fileKind(head: HeadBytes): ImageFormat | ForeignKind | null {
  for (const [format, signature] of [...imageSignatures, ...foreignSignatures]) {
    if (head.startsWith(signature)) return format;
  }
  if (head.text(0, 4) === 'RIFF') return riffKind(head.text(8, 4));
  if (head.text(4, 4) === 'ftyp') return mediaKind(head);
  if (isBmp(head)) return 'bmp';
  if (isOnnx(head)) return 'onnx';
  return textKind(head);
}

export function isImageFormat(kind: ImageFormat | ForeignKind): kind is ImageFormat {
  return !(kind in foreignKinds);
}

function riffKind(form: string): ImageFormat | ForeignKind | null {
  switch (form) {
    case 'WEBP':
      return 'webp';
    case 'AVI ':
      return 'video';
    case 'WAVE':
      return 'audio';
    default:
      return null;
  }
}

/** ISO base media files (ISO/IEC 14496-12) say what they are by brands; AVIF wins over the generic `mif1` it also carries. */
function mediaKind(head: HeadBytes): ImageFormat | ForeignKind {
  const size = Math.min(head.u32(0, false), 16 + maximumBrands * 4);
  const brands: string[] = [head.text(8, 4)];
  for (let offset = 16; offset + 4 <= size; offset += 4) brands.push(head.text(offset, 4));
  if (brands.includes('avif') || brands.includes('avis')) return 'avif';
  if (brands.some((brand) => heicBrands.has(brand))) return 'heic';
  return brands[0] === 'M4A ' ? 'audio' : 'video';
}

/** “BM” alone begins many texts: the size of the header that follows must be one that exists. */
function isBmp(head: HeadBytes): boolean {
  return head.text(0, 2) === 'BM' && [12, 16, 40, 52, 56, 64, 108, 124].includes(head.u32(14, true));
}

/** ModelProto begins with field 1 (ir_version, a small varint), then usually a string field: producer or opset. */
function isOnnx(head: HeadBytes): boolean {
  const next = head.u8(2);
  return (
    head.u8(0) === 0x08 && head.u8(1) >= 3 && head.u8(1) <= 15 && (next === 0x12 || next === 0x3a || next === 0x42)
  );
}

function textKind(head: HeadBytes): ForeignKind | null {
  const sample = head.utf8(textSampleLength);
  if (sample === null || sample.length === 0 || hasControlCharacters(sample)) return null;
  const start = sample.trimStart().toLowerCase();
  if (start.startsWith('<svg') || (start.startsWith('<?xml') && start.includes('<svg'))) return 'svg';
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) return 'html';
  return 'text';
}

/** Control characters are what text does not have, tab, line feed, form feed and carriage return aside. */
function hasControlCharacters(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0c && code !== 0x0d) return true;
  }
  return false;
}
