import type { Readable } from 'node:stream';

export type StagingRules = {
  /** Most bytes taken; the next one refuses the whole. */
  readonly maximumBytes: number;
  /** Lower-case hexadecimal. */
  readonly expectedSha256?: string;
  readonly expectedBytes?: number;
  readonly signal?: AbortSignal;
};

export type StoredBytes = { readonly sha256: string; readonly sizeBytes: number };

/**
 * Bytes that are on this machine's disk, safe from a crash, but not in the storage yet: time to look into the file and to
 * refuse it. Exactly one of `commit` and `discard` is called; what neither reached falls to `sweepTemporary`.
 */
export type StagedBytes = StoredBytes & {
  /** Where the file lies until then. */
  readonly path: string;
  /** Puts the bytes under their SHA-256, durably. Bytes that are already there are not written a second time. */
  commit(): Promise<StoredBytes>;
  /** Forgets the bytes. Does nothing after `commit`. */
  discard(): Promise<void>;
};

/** Both ends count, as in an HTTP range: `{ start: 0, end: 0 }` is the first byte. */
export type ByteRange = { readonly start?: number; readonly end?: number };

/**
 * Every file of the platform, kept once under the SHA-256 of its bytes. Rows point here by hash; whoever deletes the last row
 * calls `remove`.
 */
export type Storage = {
  /**
   * Streams `source` to a temporary file while hashing it. Throws a `DomainError`: PAYLOAD_TOO_LARGE, or VALIDATION_ERROR when
   * the length or the hash is not the expected one; rethrows what the source or the signal threw. Then nothing is left behind.
   */
  stage(source: AsyncIterable<Uint8Array>, rules: StagingRules): Promise<StagedBytes>;
  /**
   * Stored bytes as if they had just been staged, without a copy of them: `commit` makes sure that they are still there, and
   * `discard` leaves them alone. Throws `MissingBytesError`, and so does `commit`.
   */
  restage(sha256: string): Promise<StagedBytes>;
  /** `stage` and `commit` at once. */
  put(source: AsyncIterable<Uint8Array>, rules: StagingRules): Promise<StoredBytes>;
  /** Throws `MissingBytesError`, and `RangeError` when the range begins behind the last byte. */
  open(sha256: string, range?: ByteRange): Promise<Readable>;
  /** In bytes. Throws `MissingBytesError`. */
  size(sha256: string): Promise<number>;
  has(sha256: string): Promise<boolean>;
  /** Removing what is not there is no error. */
  remove(sha256: string): Promise<void>;
  /**
   * A path on this machine's disk that holds the bytes: the stored file itself, or a cached copy, fetched once however many
   * ask. Read-only, and to be opened at once: a cached copy may make room for others later. Throws `MissingBytesError`.
   */
  localFile(sha256: string): Promise<string>;
  /** Deletes temporary files last written before `olderThan`, which a crash left behind. Returns how many. */
  sweepTemporary(olderThan: Date): Promise<number>;
};

/** The storage does not hold bytes that a row of ours points at: a backup was restored in part, or the bucket was changed. */
export class MissingBytesError extends Error {
  readonly sha256: string;

  constructor(sha256: string, options?: ErrorOptions) {
    super(
      `The storage has no file ${sha256}. Check that DATA_DIR or STORAGE_S3_BUCKET is the one the file was put into.`,
      options,
    );
    this.name = 'MissingBytesError';
    this.sha256 = sha256;
  }
}
