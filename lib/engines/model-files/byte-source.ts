/** Random access to bytes that may be far larger than memory should hold: a dropped file, a buffer, a file on disk. */
export type ByteSource = {
  readonly sizeBytes: number;
  /** The bytes from `offset` on, `length` of them, or fewer where the source ends. Neither number is negative. */
  read(offset: number, length: number): Promise<Uint8Array>;
};

/** A source over bytes in memory. Reads are views, not copies. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    sizeBytes: bytes.byteLength,
    async read(offset, length) {
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** A source over a browser's `File` or `Blob`: only the slices that are read come into memory. */
export function blobSource(blob: Blob): ByteSource {
  return {
    sizeBytes: blob.size,
    async read(offset, length) {
      return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
    },
  };
}
