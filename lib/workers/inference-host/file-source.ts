import { open } from 'node:fs/promises';
import type { ByteSource } from '@/lib/engines/model-files/byte-source';

/** A source over a file on disk: only what is read comes into memory. Rejects as `open` does. Must be closed. */
export async function openFileSource(file: string): Promise<ByteSource & { close(): Promise<void> }> {
  const handle = await open(file);
  const { size } = await handle.stat();
  return {
    sizeBytes: size,
    async read(offset, length) {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    },
    close: () => handle.close(),
  };
}
