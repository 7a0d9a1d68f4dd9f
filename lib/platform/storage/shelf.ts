import type { Readable } from 'node:stream';
import type { Disk } from 'flydrive';
import { assert } from '@/lib/core/assert';
import { isNoEntry } from '@/lib/platform/storage/durable-files';
import type { TemporaryBytes } from '@/lib/platform/storage/stage-bytes';
import type { ByteRange } from '@/lib/platform/storage/storage';

/** Where bytes come to rest. `disk` does what all places have in common; the rest is what differs between them. */
export type Shelf = {
  readonly disk: Disk;
  /** On this machine, where `take` can get at it fastest. */
  readonly temporaryFolder: string;
  /** Puts a synced temporary file under its SHA-256, durably; the temporary file may be moved away. */
  take(temporary: TemporaryBytes): Promise<void>;
  /** Called when the bytes are there already, and perhaps not yet safe: another `take` may still be at work. */
  confirm(sha256: string): Promise<void>;
  open(sha256: string, range: ByteRange): Promise<Readable>;
  localFile(sha256: string): Promise<string>;
  /** Called after the bytes were removed from the disk. */
  forget(sha256: string): Promise<void>;
};

/** `ab/cd/abcd…`: no folder grows beyond what file systems list quickly. Throws for anything but a SHA-256 in lower case. */
export function keyOf(sha256: string): string {
  assert(/^[0-9a-f]{64}$/.test(sha256), `a SHA-256 in lower-case hexadecimal, found ${JSON.stringify(sha256)}`);
  return `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
}

/** The error when a range begins behind the last byte. */
export function emptyRange(sha256: string, { start = 0 }: ByteRange, sizeBytes: number | null): RangeError {
  const size = sizeBytes === null ? '' : ` of ${sizeBytes}`;
  return new RangeError(`The range begins at byte ${start}${size} of ${sha256}, behind its end.`);
}

/** Whether the disk or the bucket said that nothing is there, in its own words or wrapped by flydrive. */
export function isMissing(error: unknown): boolean {
  if (isNoEntry(error) || statusOf(error) === 404) return true;
  return error instanceof Error && error.cause !== undefined && isMissing(error.cause);
}

/** The HTTP status within an error of the S3 client, or null. */
export function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('$metadata' in error)) return null;
  const { $metadata: metadata } = error;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
}
