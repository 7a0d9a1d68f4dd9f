import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { blobSha256, createSha256 } from '@/lib/browser/blob-sha256';

function expected(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('blobSha256', () => {
  const bytes = Uint8Array.from({ length: 70_001 }, (_, i) => (i * 31 + (i >> 8)) & 255);

  it.each([0, 1, 55, 56, 63, 64, 65, 119, 128, 70_001])(
    'agrees with the platform for %i bytes without its help',
    async (length) => {
      const part = bytes.subarray(0, length);
      expect(await blobSha256(new Blob([part]), undefined)).toBe(expected(part));
    },
  );

  it('takes the digest of the browser where there is one', async () => {
    expect(await blobSha256(new Blob([bytes]))).toBe(expected(bytes));
  });

  it('does not depend on how the bytes are cut', () => {
    const whole = createSha256();
    whole.update(bytes);
    const pieces = createSha256();
    for (let at = 0, step = 1; at < bytes.length; at += step, step = (step * 7) % 131 || 1) {
      pieces.update(bytes.subarray(at, at + step));
    }
    expect(pieces.digest()).toEqual(whole.digest());
  });
});
