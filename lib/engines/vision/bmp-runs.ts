import type { BmpLayout, WriteIndex } from '@/lib/engines/vision/bmp-layout';

/**
 * Decodes RLE4 and RLE8 (MS-WMF 3.1.6): pairs of count and value, and after a zero count an escape: end of line, end of
 * bitmap, a jump, or a literal stretch. Every step consumes two bytes or more, and writes stay inside the image, so a
 * corrupt stream ends early with the rest of the image in the background colour.
 */
export function decodeBmpRuns(stream: Uint8Array, layout: BmpLayout, write: WriteIndex): void {
  const { width, height, coding } = layout;
  const isHalfByte = coding === 'rle4';
  let x = 0;
  let y = 0;
  let offset = 0;

  function put(index: number): void {
    if (x < width && y < height) write(x, y, index);
    x++;
  }

  while (offset + 2 <= stream.length && y < height) {
    const count = stream[offset];
    const value = stream[offset + 1];
    offset += 2;
    if (count > 0) {
      for (let i = 0; i < count; i++) put(isHalfByte ? halfByte(value, i) : value);
      continue;
    }
    switch (value) {
      case 0:
        x = 0;
        y++;
        break;
      case 1:
        return;
      case 2:
        x += stream[offset] ?? 0;
        y += stream[offset + 1] ?? 0;
        offset += 2;
        break;
      default: {
        const length = isHalfByte ? Math.ceil(value / 2) : value;
        for (let i = 0; i < value; i++) {
          put(isHalfByte ? halfByte(stream[offset + (i >> 1)] ?? 0, i) : (stream[offset + i] ?? 0));
        }
        // Literal stretches are padded to 16 bits.
        offset += length + (length & 1);
      }
    }
  }
}

/** The high half for even positions, the low one for odd. */
function halfByte(value: number, position: number): number {
  return position % 2 === 0 ? value >> 4 : value & 0x0f;
}
