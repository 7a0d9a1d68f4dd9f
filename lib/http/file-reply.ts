import { Readable } from 'node:stream';
import { parseByteRange } from '@/lib/http/byte-range';
import { contentDisposition } from '@/lib/http/content-disposition';
import { StreamReply } from '@/lib/http/reply';

type NamedFile = { readonly sha256: string; readonly fileName: string };

/** Both ends count. */
type ByteRange = { readonly start?: number; readonly end?: number };

type ReadableFile = { readonly sizeBytes: number; read(range: ByteRange): Promise<Readable> };

/**
 * A file as a download that can be resumed: answers Range, If-Range and If-None-Match. Its entity tag is its hash, so it never
 * changes, but caches that several people share must not keep it.
 */
export async function fileReply(
  { method, headers: requested }: Request,
  { sha256, fileName }: NamedFile,
  { sizeBytes, read }: ReadableFile,
): Promise<StreamReply> {
  const tag = `"${sha256}"`;
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': contentDisposition(fileName),
    'Cache-Control': 'private, max-age=31536000, immutable',
    'Accept-Ranges': 'bytes',
    ETag: tag,
    'X-Content-Type-Options': 'nosniff',
  };
  if (namesTag(requested.get('if-none-match'), tag)) return new StreamReply(null, headers, 304);
  // Next answers HEAD by calling GET: nothing is opened for it.
  const body = async (range: ByteRange) => (method === 'HEAD' ? null : webStream(await read(range)));
  const isSameFile = (requested.get('if-range') ?? tag) === tag;
  const range = parseByteRange(isSameFile ? requested.get('range') : null, sizeBytes);
  switch (range.kind) {
    case 'whole':
      return new StreamReply(await body({}), { ...headers, 'Content-Length': String(sizeBytes) });
    case 'part': {
      const { start, end } = range;
      const part = { 'Content-Range': `bytes ${start}-${end}/${sizeBytes}`, 'Content-Length': String(end - start + 1) };
      return new StreamReply(await body({ start, end }), { ...headers, ...part }, 206);
    }
    case 'unsatisfiable':
      return new StreamReply(null, { 'Content-Range': `bytes */${sizeBytes}`, 'Accept-Ranges': 'bytes' }, 416);
  }
}

function namesTag(header: string | null, tag: string): boolean {
  if (header === null) return false;
  const named = header.split(',').map((entry) => entry.trim().replace(/^W\//, ''));
  return named.includes(tag) || named.includes('*');
}

function webStream(stream: Readable): ReadableStream<Uint8Array> {
  // Node's type of a web stream and the DOM's describe one and the same class.
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
}
