import type { ByteSource } from '@/lib/engines/model-files/byte-source';

/** Some hundred small tensors fit; a slice of a `File` costs about as much whether it holds these or ten bytes. */
const windowBytes = 1024 * 1024;

type Window = { readonly start: number; readonly end: number; readonly bytes: Promise<Uint8Array> };

/**
 * The same bytes, read ahead in windows of 1 MiB, so that hundreds of neighbouring small reads cost a few large ones. Only the
 * last window is kept. Reads are views into a window: nobody may write to them.
 */
export function windowSource(source: ByteSource): ByteSource {
  let window: Window | null = null;
  return {
    sizeBytes: source.sizeBytes,
    async read(offset, length) {
      if (window === null || offset < window.start || offset + length > window.end) {
        window = openWindow(source, offset, length);
      }
      const { start, bytes } = window;
      return (await bytes).subarray(offset - start, offset - start + length);
    },
  };
}

function openWindow(source: ByteSource, offset: number, length: number): Window {
  const end = Math.min(Math.max(offset + length, offset + windowBytes), Math.max(source.sizeBytes, offset));
  return { start: offset, end, bytes: source.read(offset, end - offset) };
}
