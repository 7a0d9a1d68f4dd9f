import { describe, expect, it } from 'vitest';
import { uploadPiece } from '@/lib/http/upload-piece';

function request(headers: Record<string, string>, body = 'bytes'): Request {
  return new Request('http://localhost/api/uploads/upload_1', { method: 'PATCH', headers, body });
}

describe('a piece of an upload', () => {
  it('begins where its header says', async () => {
    const { offset, bytes } = uploadPiece(request({ 'upload-offset': '8388608' }));
    expect(offset).toBe(8_388_608);
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('bytes');
  });

  it('that is shorter than announced is noticed', async () => {
    const { bytes } = uploadPiece(request({ 'upload-offset': '0', 'content-length': '100' }));
    const reading = (async () => {
      for await (const _ of bytes);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
  });

  it.each([null, '', '-1', '1e3', '1.5', '0, 5'])('is refused with the offset %j', (offset) => {
    const headers: Record<string, string> = offset === null ? {} : { 'upload-offset': offset };
    expect(() => uploadPiece(request(headers))).toThrow('expected the byte at which this piece begins');
  });

  it('is refused with an impossibly large offset', () => {
    expect(() => uploadPiece(request({ 'upload-offset': '9'.repeat(16) }))).toThrow('Upload-Offset');
  });
});
