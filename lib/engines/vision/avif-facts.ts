import type { HeadBytes } from '@/lib/engines/vision/head-bytes';

export type AvifFacts = {
  readonly width: number | null;
  readonly height: number | null;
  readonly mayHaveAlpha: boolean;
  readonly bitDepth: number | null;
};

/** An AVIF has a few dozen boxes; corrupt sizes must not make a long loop. */
const maximumBoxes = 1024;

type MediaBox = { readonly type: string; readonly body: HeadBytes };

/**
 * Size, alpha and depth of an AVIF (ISO/IEC 23008-12) from the item properties in meta → iprp → ipco. The largest `ispe`
 * counts: thumbnails and the tiles of a grid are smaller than the image.
 */
export function readAvifFacts(head: HeadBytes): AvifFacts {
  const meta = child(head, 'meta');
  // `meta` is a full box: version and flags stand before its children.
  const iprp = meta && child(meta.slice(4, meta.length), 'iprp');
  const ipco = iprp && child(iprp, 'ipco');
  let width = 0;
  let height = 0;
  let bitDepth = 0;
  let mayHaveAlpha = false;
  for (const { type, body } of ipco ? boxes(ipco) : []) {
    if (type === 'ispe' && body.u32(4, false) * body.u32(8, false) > width * height) {
      width = body.u32(4, false);
      height = body.u32(8, false);
    }
    if (type === 'pixi') bitDepth = Math.max(bitDepth, body.u8(5));
    if (type === 'auxC' && body.text(4, 64).includes(':alpha')) mayHaveAlpha = true;
  }
  return { width: width || null, height: height || null, mayHaveAlpha, bitDepth: bitDepth || null };
}

function child(parent: HeadBytes, type: string): HeadBytes | null {
  return boxes(parent).find((box) => box.type === type)?.body ?? null;
}

/** The boxes side by side in `parent`; a size of 0 runs to the end, 1 announces a 64-bit size. */
function boxes(parent: HeadBytes): MediaBox[] {
  const found: MediaBox[] = [];
  let offset = 0;
  while (found.length < maximumBoxes && offset + 8 <= parent.length) {
    const shortSize = parent.u32(offset, false);
    const headerLength = shortSize === 1 ? 16 : 8;
    const size = boxSize(parent, offset, shortSize);
    if (size < headerLength) break;
    found.push({
      type: parent.text(offset + 4, 4),
      body: parent.slice(offset + headerLength, size - headerLength),
    });
    offset += size;
  }
  return found;
}

function boxSize(parent: HeadBytes, offset: number, shortSize: number): number {
  if (shortSize === 0) return parent.length - offset;
  if (shortSize === 1) return parent.u32(offset + 8, false) * 2 ** 32 + parent.u32(offset + 12, false);
  return shortSize;
}
