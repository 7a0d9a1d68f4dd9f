import { invalidInput } from '@/lib/core/errors';
import type { Services } from '@/lib/domain/context';
import { maximumImageBytes } from '@/lib/domain/predictions/schema';

/** An image that a caller named instead of sending it. */
export type SourceImage = { readonly bytes: Uint8Array; readonly name: string };

const base64Pattern = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * The bytes behind `source`: a URL is fetched by the guarded fetch, all else must be base64, with or without the head of a
 * data URL. Throws `VALIDATION_ERROR` naming the field, or the `Fault`s of the fetch.
 */
export async function sourceBytes({ fetchSource }: Services, source: string, field: string): Promise<SourceImage> {
  if (/^https?:/i.test(source)) {
    const { bytes } = await fetchSource(source);
    return { bytes, name: fileNameOf(source) };
  }
  const data = source.replace(/^data:[^,]{0,200},/, '').replace(/\s+/g, '');
  if (data === '' || !base64Pattern.test(data)) {
    throw invalidInput([
      { path: field, message: 'expected an http(s) URL, or the image as base64', expected: 'URL or base64' },
    ]);
  }
  const bytes = new Uint8Array(Buffer.from(data.replace(/-/g, '+').replace(/_/g, '/'), 'base64'));
  if (bytes.length > maximumImageBytes) {
    throw invalidInput([
      { path: field, message: `expected at most ${maximumImageBytes} bytes, found ${bytes.length}` },
    ]);
  }
  return { bytes, name: 'image' };
}

function fileNameOf(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  return path.split('/').at(-1) || 'image';
}
