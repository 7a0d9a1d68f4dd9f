import { orientPixels } from '@/lib/browser/orient-pixels';
import { isOpaque, readBitmapPixels } from '@/lib/browser/read-bitmap-pixels';
import type { ImageInput } from '@/lib/browser/vision-protocol';
import { Fault } from '@/lib/core/fault';
import { decodeBmp } from '@/lib/engines/vision/decode-bmp';
import { type ImageHeader, readImageHeader } from '@/lib/engines/vision/image-header';
import { checkImageHeader } from '@/lib/engines/vision/image-limits';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';

/** Enough for the header of all but the most decorated photographs; those are read whole. */
const headBytes = 256 * 1024;

/**
 * Pixels as they are stored: upright, colour beneath alpha kept, no colour profile applied. These are the rules of OpenCV's
 * IMREAD_COLOR; Chromium's decoders then agree with it to the level for JPEG, PNG and WebP (±1 for CMYK).
 */
const asStored: ImageBitmapOptions = {
  imageOrientation: 'from-image',
  premultiplyAlpha: 'none',
  colorSpaceConversion: 'none',
};

/** A lossless WebP of 2 × 1 pixels with EXIF orientation 6: upright it is 1 × 2. */
const turnedWebp =
  'UklGRlIAAABXRUJQVlA4WAoAAAAIAAAAAQAAAAAAVlA4TBEAAAAvAQAAAA8Q87//8x8OMqL/AQBFWElGGgAAAElJKgAIAAAAAQASAQMAAQAAAAYAAAAAAAAA';

let turnsWebp: Promise<boolean> | null = null;

/**
 * Decodes an image for the network and the stage. Header and size are checked before anything is decoded. A frame is taken
 * over: it is given back as `bitmap` or closed. Throws `image-…` faults; an animated image gives its first frame.
 */
export async function decodeImage(
  image: ImageInput,
  { wantBitmap }: { readonly wantBitmap: boolean },
): Promise<{ pixels: PixelImage; bitmap: ImageBitmap | null }> {
  const { bitmap, mayHaveAlpha } =
    image.kind === 'blob'
      ? await decodeUpright(image.blob)
      : { bitmap: await bitmapOfFrame(image.frame), mayHaveAlpha: false };
  try {
    const pixels = readBitmapPixels(bitmap, { mayHaveAlpha });
    if (wantBitmap) return { pixels, bitmap: mayHaveAlpha ? await opaqueBitmap(bitmap, pixels) : bitmap };
    bitmap.close();
    return { pixels, bitmap: null };
  } catch (error) {
    bitmap.close();
    throw error;
  }
}

/** The upright image for the stage; its pixels are read back only to drop an alpha channel. */
export async function decodeForStage(blob: Blob): Promise<ImageBitmap> {
  const { bitmap, mayHaveAlpha } = await decodeUpright(blob);
  return mayHaveAlpha ? opaqueBitmap(bitmap, readBitmapPixels(bitmap, { mayHaveAlpha })) : bitmap;
}

/** The person sees what the network sees: the colours beneath alpha. `bitmap` is taken over: given back or closed. */
async function opaqueBitmap(bitmap: ImageBitmap, pixels: PixelImage): Promise<ImageBitmap> {
  if (isOpaque(pixels.data)) return bitmap;
  bitmap.close();
  return bitmapOfPixels(pixels);
}

async function decodeUpright(blob: Blob): Promise<{ bitmap: ImageBitmap; mayHaveAlpha: boolean }> {
  const header = await readHeader(blob);
  checkImageHeader(header);
  if (header.format === 'bmp') {
    return { bitmap: await bitmapOfPixels(decodeBmp(await bytesOf(blob))), mayHaveAlpha: false };
  }
  const { mayHaveAlpha, orientation } = header;
  const bitmap = await createImageBitmap(blob, asStored).catch((cause: unknown) => {
    throw undecodable(header, cause);
  });
  if (header.format !== 'webp' || orientation === 1 || (await browserTurnsWebp())) return { bitmap, mayHaveAlpha };
  const upright = orientPixels(readBitmapPixels(bitmap, { mayHaveAlpha }), orientation);
  bitmap.close();
  const { width, height, data } = upright;
  return {
    bitmap: await createImageBitmap(new ImageData(new Uint8ClampedArray(data), width, height), asStored),
    mayHaveAlpha,
  };
}

/** Chromium turns JPEG and PNG by their EXIF orientation but not WebP; whether this browser does is seen on an image of 2 × 1. */
function browserTurnsWebp(): Promise<boolean> {
  turnsWebp ??= createImageBitmap(
    new Blob([Uint8Array.from(atob(turnedWebp), (byte) => byte.charCodeAt(0))]),
    asStored,
  ).then(({ width }) => width === 1);
  return turnsWebp;
}

async function readHeader(blob: Blob): Promise<ImageHeader> {
  const header = readImageHeader(await bytesOf(blob.slice(0, headBytes)));
  const complete = header.kind !== 'image' || (header.width !== null && header.height !== null);
  return complete || blob.size <= headBytes ? header : readImageHeader(await bytesOf(blob));
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    throw new Fault(
      {
        code: 'file-not-found',
        found: 'The image file can no longer be read: it was moved, changed or removed since it was dropped.',
        remedy: 'Drop it again.',
      },
      { cause },
    );
  }
}

/** A bitmap of our own decoder's pixels, its alpha set to opaque: RGB alone is what an image file shows here. */
async function bitmapOfPixels({ width, height, channels, data }: PixelImage): Promise<ImageBitmap> {
  const opaque = new Uint8ClampedArray(4 * width * height);
  for (let from = 0, to = 0; to < opaque.length; from += channels, to += 4) {
    opaque[to] = data[from] ?? 0;
    opaque[to + 1] = data[from + 1] ?? 0;
    opaque[to + 2] = data[from + 2] ?? 0;
    opaque[to + 3] = 255;
  }
  return createImageBitmap(new ImageData(opaque, width, height), asStored);
}

async function bitmapOfFrame(frame: ImageBitmap | VideoFrame): Promise<ImageBitmap> {
  if (frame instanceof ImageBitmap) return frame;
  try {
    return await createImageBitmap(frame);
  } finally {
    frame.close();
  }
}

/** The header was whole, so either the rest is damaged or this browser lacks the format. */
function undecodable({ format, width, height }: Extract<ImageHeader, { kind: 'image' }>, cause: unknown): Fault {
  if (format === 'avif') {
    return new Fault(
      {
        code: 'image-unsupported-format',
        found: `This browser could not decode the AVIF image of ${width} × ${height} pixels.`,
        remedy: 'Save it as JPEG or PNG, or update the browser.',
      },
      { cause },
    );
  }
  return new Fault(
    {
      code: 'image-truncated',
      found: `The image says it is a ${format.toUpperCase()} of ${width} × ${height} pixels, but it could not be decoded: it is incomplete or damaged, or memory was too short for it.`,
      remedy: 'Copy or download it again, or scale it down.',
    },
    { cause },
  );
}
