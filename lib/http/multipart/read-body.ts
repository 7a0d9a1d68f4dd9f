import { bodyStream } from '@/lib/http/multipart/body-stream';

/** The whole body, of at most `maximumBytes`. Throws what `bodyStream` throws. */
export async function readBodyBytes(request: Request, maximumBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bodyStream(request, maximumBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
