import { invalidInput } from '@/lib/core/errors';
import { maximumUploadBytes } from '@/lib/domain/uploads/schema';
import { bodyStream } from '@/lib/http/multipart/body-stream';

/**
 * The piece of a file that a request carries: where it begins, by the header Upload-Offset, and its bytes as they arrive.
 * Throws `VALIDATION_ERROR` for a missing or impossible offset; the stream throws what `bodyStream` does.
 */
export function uploadPiece(request: Request): {
  offset: number;
  bytes: AsyncIterable<Uint8Array>;
  signal: AbortSignal;
} {
  const given = request.headers.get('upload-offset');
  if (given === null || !/^\d{1,15}$/.test(given)) {
    const found = given === null ? 'none' : JSON.stringify(given.slice(0, 40));
    throw invalidInput([
      { path: 'Upload-Offset', message: `expected the byte at which this piece begins, found ${found}`, expected: '0' },
    ]);
  }
  return { offset: Number(given), bytes: bodyStream(request, maximumUploadBytes), signal: request.signal };
}
