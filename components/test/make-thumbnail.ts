/** Longer side of a thumbnail: twice its place in the strip, for dense screens. */
const thumbnailSide = 176;

/** A small copy of a picture as an object URL; whoever asked for it releases it. */
export async function makeThumbnail(bitmap: ImageBitmap): Promise<string> {
  const scale = Math.min(1, thumbnailSide / Math.min(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.min(thumbnailSide * 2, Math.round(bitmap.width * scale)));
  const height = Math.max(1, Math.min(thumbnailSide * 2, Math.round(bitmap.height * scale)));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context) {
    context.imageSmoothingQuality = 'medium';
    context.drawImage(bitmap, 0, 0, width, height);
  }
  return URL.createObjectURL(await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 }));
}
