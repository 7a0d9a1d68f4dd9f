import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';

/** The recorded answers of the package, which stand beside the repository where they exist at all. */
const referenceFolder = fileURLToPath(new URL('../../../../../shared/fixtures/', import.meta.url));

export const hasReference = existsSync(`${referenceFolder}reference/functions.json`);

export function referencePath(path: string): string {
  return `${referenceFolder}${path}`;
}

export function referenceJson<T>(path: string): T {
  return JSON.parse(readFileSync(referencePath(path), 'utf8')) as T;
}

/** Lossless pixels of a reference PNG as RGB. */
export async function referencePixels(path: string): Promise<PixelImage> {
  const { data, info } = await sharp(referencePath(path), { ignoreIcc: true })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data: new Uint8Array(data) };
}

/** A gzipped file of little-endian 32-bit floats. */
export function referenceFloats(path: string): Float32Array {
  const bytes = gunzipSync(readFileSync(referencePath(path)));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** Rows of [r, g, b] pixels as the reference functions write them. */
export function imageFromRows(rows: readonly (readonly (readonly number[])[])[]): PixelImage {
  const width = rows[0]?.length ?? 0;
  return { width, height: rows.length, channels: 3, data: Uint8Array.from(rows.flat(2)) };
}
