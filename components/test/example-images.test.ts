import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { exampleImages } from '@/components/test/example-images';

/** Both are loaded by people on slow lines too: the limit. */
const largestBytes = 300 * 1024;

describe('the example images', () => {
  it.each(exampleImages)('$fileName is what the list says', async ({ fileName, url, width, height, sizeBytes }) => {
    expect(url.endsWith(`/${fileName}`)).toBe(true);
    const bytes = readFileSync(join(process.cwd(), 'public', url));
    expect(bytes.length).toBe(sizeBytes);
    expect(sizeBytes).toBeLessThan(largestBytes);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width, height });
  });
});
