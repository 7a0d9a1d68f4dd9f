import { open } from 'node:fs/promises';
import type { ByteSource } from '@/lib/engines/model-files/byte-source';

/** Lets `read` look into a file on this machine's disk, of which only what is read comes into memory. Rejects as both do. */
export async function withFileSource<T>(path: string, read: (source: ByteSource) => Promise<T>): Promise<T> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return await read({
      sizeBytes: size,
      async read(offset, length) {
        const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, offset);
        return buffer.subarray(0, bytesRead);
      },
    });
  } finally {
    await file.close();
  }
}
