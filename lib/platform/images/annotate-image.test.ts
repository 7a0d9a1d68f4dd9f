import { describe, expect, it } from 'vitest';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import type { VisionResult } from '@/lib/engines/vision/vision-result';
import { annotateImage } from '@/lib/platform/images/annotate-image';
import { decodeImageFile } from '@/lib/platform/images/sharp-decoder';

const width = 200;
const height = 120;

function plain(channels: 3 | 4): PixelImage {
  const data = new Uint8Array(width * height * channels).fill(40);
  return { width, height, channels, data };
}

function resultOf(names: readonly string[], score: number): VisionResult {
  const box = { x1: 40, y1: 50, x2: 160, y2: 110 };
  return {
    task: 'detect',
    image: { width, height },
    names,
    detections: [{ index: 0, classId: 0, score, box, oriented: null, mask: null, keypoints: null }],
  };
}

function changedPixels(before: PixelImage, after: PixelImage, area: { y1: number; y2: number }): number {
  let changed = 0;
  for (let p = area.y1 * width; p < area.y2 * width; p++) {
    if (after.data[p * 3] !== before.data[p * before.channels]) changed++;
  }
  return changed;
}

describe('annotateImage', () => {
  it('gives a PNG of the image’s size with the untouched pixels exactly as they were', async () => {
    for (const image of [plain(3), plain(4)]) {
      const drawn = await decodeImageFile(await annotateImage(image, resultOf(['bus'], 0.5)));
      expect(drawn).toMatchObject({ width, height });
      expect(Array.from(drawn.data.subarray(0, 3))).toEqual([40, 40, 40]);
      expect(changedPixels(image, drawn, { y1: 49, y2: 52 })).toBeGreaterThan(100);
    }
  });

  it('draws the label in letters, not in boxes for missing ones', async () => {
    // Two names of the same chip width differ in their pixels only when the letters themselves are drawn.
    const first = await annotateImage(plain(3), resultOf(['bud'], 0.5));
    const second = await annotateImage(plain(3), resultOf(['dub'], 0.5));
    expect(Buffer.compare(first, second)).not.toBe(0);
  });

  it('leaves an image without detections unchanged', async () => {
    const image = plain(3);
    const nothing: VisionResult = { task: 'detect', image: { width, height }, names: [], detections: [] };
    expect((await decodeImageFile(await annotateImage(image, nothing))).data).toEqual(image.data);
  });

  it('says when an image is too long for any canvas', async () => {
    const long: PixelImage = { width: 40_000, height: 1, channels: 3, data: new Uint8Array(120_000) };
    await expect(annotateImage(long, { ...resultOf(['bus'], 0.5), image: long })).rejects.toMatchObject({
      code: 'image-too-large',
    });
  });
});
