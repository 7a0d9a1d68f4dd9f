import { describe, expect, it } from 'vitest';
import { imageFromUrl } from '@/lib/browser/image-from-url';

function answering(body: BodyInit | null, init?: ResponseInit): typeof fetch {
  return async () => new Response(body, init);
}

describe('imageFromUrl', () => {
  it('gives the bytes and a name to show', async () => {
    const image = await imageFromUrl(' https://example.org/a/street%20one.jpg?size=2 ', {
      fetch: answering('bytes', { headers: { 'content-type': 'image/jpeg' } }),
    });
    expect([image.name, image.blob.type, await image.blob.text()]).toEqual(['street one.jpg', 'image/jpeg', 'bytes']);
  });

  it('sends no cookie and no referrer', async () => {
    let sent: RequestInit | undefined;
    await imageFromUrl('https://example.org/a.jpg', {
      fetch: async (_url, init) => {
        sent = init;
        return new Response('');
      },
    });
    expect(sent).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
  });

  it.each(['', 'street.jpg', 'file:///etc/passwd', 'javascript:alert(1)', 'ftp://example.org/a.jpg'])(
    'refuses the address “%s” unasked',
    async (address) => {
      const asked: unknown[] = [];
      const result = imageFromUrl(address, {
        fetch: async (url) => {
          asked.push(url);
          return new Response('');
        },
      });
      await expect(result).rejects.toMatchObject({ code: 'input-invalid' });
      expect(asked).toEqual([]);
    },
  );

  it('explains a site that does not answer or does not allow it', async () => {
    const result = imageFromUrl('https://example.org/a.jpg', {
      fetch: () => Promise.reject(new TypeError('Failed to fetch')),
    });
    await expect(result).rejects.toMatchObject({
      code: 'url-unreachable',
      found: expect.stringContaining('does not allow'),
      remedy: expect.stringContaining('drop the file'),
    });
  });

  it('tells the status of a page that is not there', async () => {
    const result = imageFromUrl('https://example.org/a.jpg', {
      fetch: answering('', { status: 404, statusText: 'Not Found' }),
    });
    await expect(result).rejects.toMatchObject({ code: 'url-unreachable', found: expect.stringContaining('404') });
  });

  it('stops at the size limit, whether the length was announced or not', async () => {
    const announced = answering('x', { headers: { 'content-length': String(2 ** 32) } });
    await expect(imageFromUrl('https://example.org/a.jpg', { fetch: announced })).rejects.toMatchObject({
      code: 'image-too-large',
    });
    const chunk = new Uint8Array(16 * 1024 ** 2);
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent++;
        controller.enqueue(chunk);
      },
    });
    await expect(imageFromUrl('https://example.org/a.jpg', { fetch: answering(endless) })).rejects.toMatchObject({
      code: 'image-too-large',
    });
    expect(sent).toBeLessThan(25);
  });

  it('calls an aborted request cancelled', async () => {
    const result = imageFromUrl('https://example.org/a.jpg', {
      signal: AbortSignal.abort(),
      fetch: () => Promise.reject(new DOMException('aborted', 'AbortError')),
    });
    await expect(result).rejects.toMatchObject({ code: 'cancelled' });
  });
});
