import sharp from 'sharp';
import { readImageHeader } from '@/lib/engines/vision/image-header';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { decodeImageFile } from '@/lib/platform/images/sharp-decoder';
import type { HostImage } from '@/lib/platform/inference/inference-messages';

/** Pixels that are decoded ahead of their turn, together: 100 MB. A larger image is decoded when it is alone. */
const pixelsAhead = 2 ** 25;

// One thread an image: splitting the work of a small one costs more than it gains, and the network has the other cores.
sharp.concurrency(1);
sharp.cache(false);

export type DecodedImage = { readonly pixels: PixelImage; readonly release: () => void };

const waiting: { readonly pixels: number; readonly grant: (release: () => void) => void }[] = [];
let pixelsHeld = 0;

/**
 * Begins to decode while the network still runs for the image before, as far as memory allows. The result must be released
 * after use; a rejection is a `Fault` of `decodeImageFile`, and holds nothing.
 */
export function startDecoding(image: HostImage): Promise<DecodedImage> {
  const decoding = decode(image);
  // It is told in its turn; until then nobody listens.
  decoding.catch(() => undefined);
  return decoding;
}

async function decode(image: HostImage): Promise<DecodedImage> {
  if (image.kind === 'pixels') return { pixels: image.pixels, release: () => undefined };
  const release = await hold(claimedPixels(image.bytes));
  try {
    return { pixels: await decodeImageFile(image.bytes), release };
  } catch (error) {
    release();
    throw error;
  }
}

function claimedPixels(bytes: Uint8Array): number {
  const header = readImageHeader(bytes);
  return header.kind === 'image' ? (header.width ?? 0) * (header.height ?? 0) : 0;
}

/** First come, first served, so that the image whose turn is next never waits for one behind it. Gives what ends the hold. */
function hold(pixels: number): Promise<() => void> {
  return new Promise((grant) => {
    waiting.push({ pixels, grant });
    admit();
  });
}

function admit(): void {
  for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
    const { pixels, grant } = next;
    if (pixelsHeld > 0 && pixelsHeld + pixels > pixelsAhead) return;
    waiting.shift();
    pixelsHeld += pixels;
    grant(() => {
      pixelsHeld -= pixels;
      admit();
    });
  }
}
