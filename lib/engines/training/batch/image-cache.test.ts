import { describe, expect, it } from 'vitest';
import { createImageCache } from '@/lib/engines/training/batch/image-cache';
import { drawnImages } from '@/lib/engines/training/batch/test-support/drawn-images';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';

const reduce = ({ data }: PixelImage) => ({ data: new Uint8Array(data) });
const imageBytes = 3600;

describe('createImageCache', () => {
  it('decodes an image once, however many ask for it at a time', async () => {
    const asked: string[] = [];
    const cache = createImageCache({ decode: drawnImages([], asked), reduce, budgetBytes: 1e6 });
    const [one, other] = await Promise.all([cache.get('/1'), cache.get('/1')]);
    expect(await cache.get('/1')).toBe(one);
    expect(other).toBe(one);
    expect(asked).toEqual(['/1']);
  });

  it('lets those go first that were not used for the longest time, and holds what it may', async () => {
    const asked: string[] = [];
    const cache = createImageCache({ decode: drawnImages([], asked), reduce, budgetBytes: 2 * imageBytes });
    for (const path of ['/1', '/2', '/1', '/3']) await cache.get(path);
    expect(cache.heldBytes).toBe(2 * imageBytes);
    for (const path of ['/1', '/3', '/2']) await cache.get(path);
    expect(asked).toEqual(['/1', '/2', '/3', '/2']);
    expect(cache.heldBytes).toBe(2 * imageBytes);
  });

  it('keeps nothing that is larger than all it may hold, and works nevertheless', async () => {
    const cache = createImageCache({ decode: drawnImages(), reduce, budgetBytes: 10 });
    expect((await cache.get('/1')).data).toHaveLength(imageBytes);
    expect(cache.heldBytes).toBe(0);
  });

  it('asks again for an image that could not be read', async () => {
    const asked: string[] = [];
    const cache = createImageCache({ decode: drawnImages(['/1'], asked), reduce, budgetBytes: 1e6 });
    for (let k = 0; k < 2; k++) await expect(cache.get('/1')).rejects.toMatchObject({ code: 'image-truncated' });
    expect(asked).toEqual(['/1', '/1']);
  });

  it('decodes a few at a time, also after one of them failed', async () => {
    let atOnce = 0;
    let most = 0;
    const decode = drawnImages(['/3', '/5']);
    const cache = createImageCache({
      async decode(path) {
        most = Math.max(most, ++atOnce);
        try {
          return await decode(path);
        } finally {
          atOnce--;
        }
      },
      reduce,
      budgetBytes: 1e6,
    });
    const settled = await Promise.allSettled(Array.from({ length: 20 }, (_, k) => cache.get(`/${k}`)));
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(18);
    expect(most).toBe(4);
  });
});
