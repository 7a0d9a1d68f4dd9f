import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { fileReply } from '@/lib/http/file-reply';
import type { StreamReply } from '@/lib/http/reply';

const content = 'The bytes of a model';
const named = { sha256: 'a'.repeat(64), fileName: 'best.onnx' };
const tag = `"${named.sha256}"`;

function ask(headers: Record<string, string> = {}, method = 'GET'): Promise<StreamReply> {
  return fileReply(new Request('http://localhost/api/files', { headers, method }), named, {
    sizeBytes: content.length,
    read: async ({ start = 0, end = content.length - 1 }) =>
      Readable.from([Buffer.from(content.slice(start, end + 1))]),
  });
}

async function bodyOf({ body }: StreamReply): Promise<string | null> {
  return body === null ? null : text(body);
}

describe('a file as a reply', () => {
  it('is a download that nobody sniffs and no shared cache keeps', async () => {
    const reply = await ask();
    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(content.length),
      'Cache-Control': 'private, max-age=31536000, immutable',
      'Accept-Ranges': 'bytes',
      'X-Content-Type-Options': 'nosniff',
      ETag: tag,
    });
    expect(reply.headers['Content-Disposition']).toContain('attachment');
    expect(await bodyOf(reply)).toBe(content);
  });

  it('is a part when one is asked for', async () => {
    const reply = await ask({ range: 'bytes=4-8' });
    expect(reply.status).toBe(206);
    expect(reply.headers).toMatchObject({ 'Content-Range': `bytes 4-8/${content.length}`, 'Content-Length': '5' });
    expect(await bodyOf(reply)).toBe('bytes');
  });

  it('is refused behind the end', async () => {
    const reply = await ask({ range: 'bytes=1000-' });
    expect(reply.status).toBe(416);
    expect(reply.headers['Content-Range']).toBe(`bytes */${content.length}`);
    expect(reply.body).toBeNull();
  });

  it('is not sent again to who has it', async () => {
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const reply = await ask({ 'if-none-match': known });
      expect(reply.status).toBe(304);
      expect(reply.body).toBeNull();
    }
    expect((await ask({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('is described without being opened for HEAD', async () => {
    const reply = await ask({}, 'HEAD');
    expect(reply).toMatchObject({ status: 200, body: null, headers: { 'Content-Length': String(content.length) } });
  });

  it('is whole when the part is of another file', async () => {
    expect((await ask({ range: 'bytes=4-8', 'if-range': '"other"' })).status).toBe(200);
    expect((await ask({ range: 'bytes=4-8', 'if-range': tag })).status).toBe(206);
  });
});
