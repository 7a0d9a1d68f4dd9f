type BmpParts = {
  readonly width: number;
  readonly height: number;
  readonly bitsPerPixel: number;
  readonly compression?: number;
  /** Red, green, blue each. */
  readonly palette?: readonly (readonly number[])[];
  readonly masks?: readonly number[];
  readonly pixels: readonly number[];
};

/** Writes a BMP with a 40-byte info header; `pixels` are the stored bytes, row padding included. */
export function bmpFile(parts: BmpParts): Uint8Array {
  const { palette = [], masks = [], pixels } = parts;
  const pixelOffset = 54 + palette.length * 4 + masks.length * 4;
  const bytes = new Uint8Array(pixelOffset + pixels.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, pixelOffset, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, parts.width, true);
  view.setInt32(22, parts.height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, parts.bitsPerPixel, true);
  view.setUint32(30, parts.compression ?? 0, true);
  view.setUint32(46, palette.length, true);
  for (const [i, mask] of masks.entries()) view.setUint32(54 + i * 4, mask, true);
  for (const [i, [red = 0, green = 0, blue = 0]] of palette.entries()) {
    bytes.set([blue, green, red, 0], 54 + masks.length * 4 + i * 4);
  }
  bytes.set(pixels, pixelOffset);
  return bytes;
}

/** Writes an OS/2 1.x BMP: the 12-byte header and a palette of three bytes a colour. */
export function coreBmpFile(parts: Omit<BmpParts, 'compression' | 'masks'>): Uint8Array {
  const { palette = [], pixels } = parts;
  const pixelOffset = 26 + palette.length * 3;
  const bytes = new Uint8Array(pixelOffset + pixels.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, pixelOffset, true);
  view.setUint32(14, 12, true);
  view.setUint16(18, parts.width, true);
  view.setUint16(20, parts.height, true);
  view.setUint16(22, 1, true);
  view.setUint16(24, parts.bitsPerPixel, true);
  for (const [i, [red = 0, green = 0, blue = 0]] of palette.entries()) bytes.set([blue, green, red], 26 + i * 3);
  bytes.set(pixels, pixelOffset);
  return bytes;
}
