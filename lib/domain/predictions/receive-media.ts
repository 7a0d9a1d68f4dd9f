import { DomainError } from '@/lib/core/errors';
import type { Services } from '@/lib/domain/context';
import { maximumImageBytes, maximumVideoBytes } from '@/lib/domain/predictions/schema';
import { readImageHeader } from '@/lib/engines/vision/image-header';
import type { StagedBytes } from '@/lib/platform/storage/storage';

/** What a caller sent to be looked at. A video lies in a temporary file, which whoever is done with it discards. */
export type Media =
  | { readonly kind: 'image'; readonly bytes: Uint8Array; readonly name: string }
  | { readonly kind: 'video'; readonly staged: StagedBytes; readonly name: string };

/** Collects an image. Throws `PAYLOAD_TOO_LARGE` as soon as it is over 10 MB. */
export async function receiveImage(stream: AsyncIterable<Uint8Array>, name: string): Promise<Media> {
  const { head, isWhole } = await readHead(stream[Symbol.asyncIterator]());
  if (!isWhole) throw imageTooLarge();
  return { kind: 'image', bytes: head, name };
}

/** Takes an image into memory, or a video into a temporary file, whatever the sender calls it. */
export async function receiveMedia(
  { storage }: Services,
  stream: AsyncIterable<Uint8Array>,
  name: string,
): Promise<Media> {
  const rest = stream[Symbol.asyncIterator]();
  const { head, isWhole } = await readHead(rest);
  if (!isVideo(head)) {
    if (!isWhole) throw imageTooLarge();
    return { kind: 'image', bytes: head, name };
  }
  const staged = await storage.stage(chained(head, isWhole ? null : rest), { maximumBytes: maximumVideoBytes });
  return { kind: 'video', staged, name };
}

/** Reads until the end, or until it is more than an image may be. */
async function readHead(rest: AsyncIterator<Uint8Array>): Promise<{ head: Uint8Array; isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= maximumImageBytes) {
    const { value, done } = await rest.next();
    if (done) return { head: Buffer.concat(chunks), isWhole: true };
    chunks.push(value);
    length += value.length;
  }
  return { head: Buffer.concat(chunks), isWhole: false };
}

function isVideo(bytes: Uint8Array): boolean {
  const header = readImageHeader(bytes);
  return header.kind === 'foreign' && header.what === 'video';
}

async function* chained(head: Uint8Array, rest: AsyncIterator<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  yield head;
  if (rest === null) return;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function imageTooLarge(): DomainError {
  return new DomainError('PAYLOAD_TOO_LARGE', 'The image is larger than 10 MB. Scale it down, or save it as JPEG.');
}
