import { Fault } from '@/lib/core/fault';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';

/** Pixels read back at a time: a strip's canvas stays small beside the image. */
const stripPixels = 2 ** 24;

/** A canvas of this size is kept for the next image: 4K video, 33 MB. */
const keptPixels = 3840 * 2160;

/** Side of a tile read back through WebGL: every implementation takes textures of this size. */
const tileSide = 4096;

let scratch: OffscreenCanvasRenderingContext2D | null = null;

/**
 * RGBA of a bitmap, colours exactly as they are stored. A 2D canvas keeps opaque colours exactly but multiplies the others by
 * their alpha, losing what lies beneath; an image with any transparency is therefore read through a WebGL texture, which does
 * not. Without WebGL the canvas' colours are the best there are.
 */
export function readBitmapPixels(
  bitmap: ImageBitmap,
  { mayHaveAlpha }: { readonly mayHaveAlpha: boolean },
): PixelImage {
  const data = readThroughCanvas(bitmap);
  const { width, height } = bitmap;
  if (!mayHaveAlpha || isOpaque(data)) return { width, height, channels: 4, data };
  readThroughWebgl(bitmap, data);
  return { width, height, channels: 4, data };
}

function readThroughCanvas(bitmap: ImageBitmap): Uint8ClampedArray {
  const { width, height } = bitmap;
  const rows = Math.min(height, Math.max(1, Math.floor(stripPixels / width)));
  const context = scratchContext(width, rows);
  if (rows === height) {
    context.drawImage(bitmap, 0, 0);
    const whole = context.getImageData(0, 0, width, height).data;
    releaseLargeScratch();
    return whole;
  }
  const data = new Uint8ClampedArray(4 * width * height);
  for (let top = 0; top < height; top += rows) {
    const stripRows = Math.min(rows, height - top);
    context.clearRect(0, 0, width, rows);
    context.drawImage(bitmap, 0, -top);
    data.set(context.getImageData(0, 0, width, stripRows).data, 4 * width * top);
  }
  releaseLargeScratch();
  return data;
}

/** One canvas serves all images, cleared: thousands of frames would otherwise wait for the garbage collector. */
function scratchContext(width: number, height: number): OffscreenCanvasRenderingContext2D {
  scratch ??= new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!scratch) throw noCanvas(width, height);
  const { canvas } = scratch;
  if (canvas.width === width && canvas.height === height) {
    scratch.clearRect(0, 0, width, height);
  } else {
    canvas.width = width;
    canvas.height = height;
  }
  return scratch;
}

function releaseLargeScratch(): void {
  if (!scratch || scratch.canvas.width * scratch.canvas.height <= keptPixels) return;
  scratch.canvas.width = 1;
  scratch.canvas.height = 1;
}

/** Whether no pixel of this RGBA has any transparency. */
export function isOpaque(data: PixelImage['data']): boolean {
  for (let alpha = 3; alpha < data.length; alpha += 4) {
    if (data[alpha] !== 255) return false;
  }
  return true;
}

/** Overwrites `data` tile by tile with the texture's bytes; leaves it as it is where there is no WebGL. */
function readThroughWebgl(bitmap: ImageBitmap, data: Uint8ClampedArray): void {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return;
  try {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
    gl.pixelStorei(gl.PACK_ROW_LENGTH, bitmap.width);
    for (let top = 0; top < bitmap.height; top += tileSide) {
      for (let left = 0; left < bitmap.width; left += tileSide) readTile(gl, bitmap, { left, top }, bytes);
    }
  } finally {
    gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

function readTile(
  gl: WebGL2RenderingContext,
  bitmap: ImageBitmap,
  { left, top }: { readonly left: number; readonly top: number },
  bytes: Uint8Array,
): void {
  const width = Math.min(tileSide, bitmap.width - left);
  const height = Math.min(tileSide, bitmap.height - top);
  gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, left);
  gl.pixelStorei(gl.UNPACK_SKIP_ROWS, top);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
  gl.framebufferTexture2D(
    gl.FRAMEBUFFER,
    gl.COLOR_ATTACHMENT0,
    gl.TEXTURE_2D,
    gl.getParameter(gl.TEXTURE_BINDING_2D),
    0,
  );
  // A lost or exhausted context reads nothing; the canvas' colours then stay.
  if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE) return;
  gl.pixelStorei(gl.PACK_SKIP_PIXELS, left);
  gl.pixelStorei(gl.PACK_SKIP_ROWS, top);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
}

function noCanvas(width: number, height: number): Fault {
  return new Fault({
    code: 'out-of-memory',
    found: `The browser has no memory for the pixels of an image of ${width} × ${height}.`,
    remedy: 'Close other tabs, or scale the image down.',
  });
}
