import { PassThrough, type Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Fault } from '@/lib/core/fault';

/**
 * Reads a body whole, undoing its content encoding. Neither the bytes on the wire nor those they unfold to may pass
 * `maximumBytes`: reading ends at the first byte too many. Throws a `Fault` (`image-too-large`, `url-unreachable` for an
 * encoding that was not asked for) and what the body throws when it breaks off.
 */
export async function readLimitedBody(body: Readable, encoding: string, maximumBytes: number): Promise<Uint8Array> {
  return pipeline(
    body,
    (source: AsyncIterable<Uint8Array>) => limited(source, maximumBytes),
    decoderOf(encoding),
    (decoded: AsyncIterable<Uint8Array>) => collect(limited(decoded, maximumBytes)),
  );
}

async function* limited(source: AsyncIterable<Uint8Array>, maximumBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.byteLength;
    if (bytes > maximumBytes) throw bodyTooLarge(maximumBytes);
    yield chunk;
  }
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function decoderOf(encoding: string): Transform {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return new PassThrough();
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new Fault({
        code: 'url-unreachable',
        found: `The file was sent in the encoding “${encoding.slice(0, 40)}”, which was not asked for.`,
        remedy: 'Send the file itself instead of its address.',
      });
  }
}

/** The fault of a file behind an address that is too large. */
export function bodyTooLarge(maximumBytes: number): Fault {
  return new Fault({
    code: 'image-too-large',
    found: `The file at this address has more than ${maximumBytes} bytes.`,
    remedy: 'Scale it down, or name a smaller file.',
  });
}
