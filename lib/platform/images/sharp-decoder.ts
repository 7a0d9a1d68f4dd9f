import sharp, { type Sharp } from 'sharp';
import { Fault } from '@/lib/core/fault';
import { decodeBmp } from '@/lib/engines/vision/decode-bmp';
import type { ImageFormat } from '@/lib/engines/vision/file-kind';
import { readImageHeader } from '@/lib/engines/vision/image-header';
import { checkImageHeader, defaultImageLimits } from '@/lib/engines/vision/image-limits';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';

/**
 * Decodes an image file as OpenCV's IMREAD_COLOR does: EXIF orientation applied, alpha dropped and not composited (the colour
 * beneath shows), gray replicated, 16 bits cut to the upper 8, CMYK multiplied out, colour profiles ignored, the first frame
 * of an animation. The format and the size are checked from the header before a pixel is decoded.
 *
 * Throws a `Fault`: those of `checkImageHeader`, or `image-truncated` when the pixels are damaged or cut off.
 */
export async function decodeImageFile(bytes: Uint8Array): Promise<PixelImage> {
  const header = readImageHeader(bytes);
  checkImageHeader(header, defaultImageLimits);
  if (header.format === 'bmp') return decodeBmp(bytes);
  try {
    return await decodeWithSharp(bytes, header.components);
  } catch (error) {
    throw damaged(header.format, error);
  }
}

async function decodeWithSharp(bytes: Uint8Array, components: number | undefined): Promise<PixelImage> {
  const image = sharp(bytes, {
    autoOrient: true,
    ignoreIcc: true,
    failOn: 'truncated',
    limitInputPixels: defaultImageLimits.maximumPixels,
    pages: 1,
  });
  if (components === 4) return decodeCmyk(image);
  // An ordinary photograph already is what is wanted: each pass not asked for saves a tenth of its time.
  const rgb = components === 3 ? image : image.removeAlpha().toColourspace('srgb');
  const { data, info } = await rgb.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data: bytesOf(data) };
}

/** Ink to light as OpenCV does (grfmt_jpeg / utils.cpp, icvCvt_CMYK2BGR): channel = K − ((255 − C) · K >> 8), all inverted. */
async function decodeCmyk(image: Sharp): Promise<PixelImage> {
  const { data: inks, info } = await image
    .pipelineColourspace('cmyk')
    .toColourspace('cmyk')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const data = new Uint8Array(info.width * info.height * 3);
  for (let p = 0, o = 0; o < data.length; p += info.channels, o += 3) {
    const light = 255 - inks[p + 3];
    data[o] = light - ((inks[p] * light) >> 8);
    data[o + 1] = light - ((inks[p + 1] * light) >> 8);
    data[o + 2] = light - ((inks[p + 2] * light) >> 8);
  }
  return { width: info.width, height: info.height, channels: 3, data };
}

function bytesOf(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function damaged(format: ImageFormat, cause: unknown): Fault {
  const reason = cause instanceof Error ? firstLine(cause.message) : String(cause);
  return new Fault(
    {
      code: 'image-truncated',
      found: `This ${format.toUpperCase()} image is damaged or cut off (${reason}).`,
      remedy: 'Copy or download it again, or save it anew in an image editor.',
    },
    { cause },
  );
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0];
}
