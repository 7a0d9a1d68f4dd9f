import type { HeadBytes } from '@/lib/engines/vision/head-bytes';

/** How the stored pixels must be turned or mirrored to stand upright; 5 to 8 swap width and height (EXIF 2.32, tag 0x0112). */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const orientationTag = 0x0112;
const shortType = 3;

/** IFD0 of a photograph has some 20 entries; a corrupt count must not make a long loop. */
const maximumEntries = 512;

/** The orientation of an EXIF block that begins with its TIFF header (II or MM); 1 when there is none or it makes no sense. */
export function exifOrientation(tiff: HeadBytes): Orientation {
  const byteOrder = tiff.text(0, 2);
  if (byteOrder !== 'II' && byteOrder !== 'MM') return 1;
  const littleEndian = byteOrder === 'II';
  if (tiff.u16(2, littleEndian) !== 42) return 1;

  const directory = tiff.u32(4, littleEndian);
  const entries = Math.min(tiff.u16(directory, littleEndian), maximumEntries);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * 12;
    if (tiff.u16(entry, littleEndian) !== orientationTag || tiff.u16(entry + 2, littleEndian) !== shortType) continue;
    const value = tiff.u16(entry + 8, littleEndian);
    return isOrientation(value) ? value : 1;
  }
  return 1;
}

function isOrientation(value: number): value is Orientation {
  return value >= 1 && value <= 8;
}
