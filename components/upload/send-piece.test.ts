import { describe, expect, it } from 'vitest';
import { pieceReply } from '@/components/upload/send-piece';
import { UploadFault } from '@/components/upload/upload-transport';

const headers = (name: string) => (name === 'X-Request-Id' ? 'req_1' : null);

describe('the answer to a piece', () => {
  it('is the offset the server now has', () => {
    expect(pieceReply(200, '{"success":true,"data":{"offset":4096}}', headers)).toBe(4096);
  });

  it('is a refusal in the server’s words, with the request it can be found by', () => {
    const reply = pieceReply(
      402,
      '{"success":false,"error":{"code":"QUOTA_EXCEEDED","message":"The storage is full."}}',
      headers,
    );
    expect(reply).toBeInstanceOf(UploadFault);
    expect(reply).toMatchObject({ kind: 'refused', message: 'The storage is full.', requestId: 'req_1' });
  });

  it('keeps what the server asks us to wait', () => {
    const reply = pieceReply(503, '<html>busy</html>', (name) => (name === 'Retry-After' ? '12' : null));
    expect(reply).toMatchObject({ kind: 'connection', retryAfterSeconds: 12 });
  });

  it('is no success without an offset, as when a proxy answers with a page of its own', () => {
    expect(pieceReply(200, '<html>Sign in to the network</html>', headers)).toMatchObject({ kind: 'connection' });
  });

  it.each([
    [0, 'connection'],
    [404, 'gone'],
    [409, 'offset'],
    [413, 'refused'],
    [401, 'refused'],
    [429, 'connection'],
    [502, 'connection'],
  ])('of status %d is a fault of kind %s', (status, kind) => {
    expect(pieceReply(status, '', headers)).toMatchObject({ kind });
  });
});
