import { createReadStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Disk } from 'flydrive';
import { S3Driver } from 'flydrive/drivers/s3';
import { assert } from '@/lib/core/assert';
import { createFileCache } from '@/lib/platform/storage/file-cache';
import { emptyRange, isMissing, keyOf, type Shelf, statusOf } from '@/lib/platform/storage/shelf';
import type { TemporaryBytes } from '@/lib/platform/storage/stage-bytes';
import { type ByteRange, MissingBytesError } from '@/lib/platform/storage/storage';

export type S3Settings = {
  readonly bucket: string;
  readonly region: string;
  /** For a service other than Amazon's. */
  readonly endpoint?: string;
  /** Without them the client looks where Amazon's tools do: environment, profile, role of the machine. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`: what most self-hosted services want. */
  readonly forcePathStyle?: boolean;
  /** Most bytes of copies kept on this machine; default 20 GiB. */
  readonly cacheBytes?: number;
};

const defaultCacheBytes = 20 * 1024 ** 3;

/** The client never repeats a streamed upload by itself, since it cannot rewind a stream; we can open the file again. */
const uploadAttempts = 3;
const firstPauseMilliseconds = 200;

/** An S3-compatible bucket. `folder` holds files on their way and the copies that `localFile` hands out. */
export function s3Shelf(settings: S3Settings, folder: string): Shelf {
  const client = connect(settings);
  const disk = new Disk(new S3Driver({ client, bucket: settings.bucket, visibility: 'private', supportsACL: false }));
  const temporaryFolder = path.resolve(folder, 'temporary');
  const open = (sha256: string, range: ByteRange): Promise<Readable> =>
    openObject(client, settings.bucket, sha256, range);
  const cache = createFileCache({
    folder: path.resolve(folder),
    temporaryFolder,
    maximumBytes: settings.cacheBytes ?? defaultCacheBytes,
    fetch: (sha256) => open(sha256, {}),
  });
  return {
    disk,
    temporaryFolder,
    async take(temporary) {
      await upload(disk, temporary);
      // Who uploaded a model soon runs it: the file at hand becomes the cached copy.
      await cache.keep(temporary);
    },
    async confirm() {
      // An object is visible only once the service has it durably.
    },
    open,
    localFile: cache.file,
    forget: cache.forget,
  };
}

function connect({ region, endpoint, credentials, forcePathStyle }: S3Settings): S3Client {
  return new S3Client({
    region,
    endpoint,
    credentials,
    forcePathStyle,
    // Other services than Amazon's refuse the trailing checksums that are the default; we send the SHA-256 ourselves.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Its warnings bypass our log; every failure reaches us as an error.
    logger: { trace: silent, debug: silent, info: silent, warn: silent, error: silent },
  });
}

function silent(): void {}

async function upload(disk: Disk, { path: file, sha256, sizeBytes }: TemporaryBytes): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await disk.putStream(keyOf(sha256), createReadStream(file), {
        contentLength: sizeBytes,
        contentType: 'application/octet-stream',
        ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
      });
      return;
    } catch (error) {
      if (attempt === uploadAttempts || !isPassing(error)) throw error;
      await delay(firstPauseMilliseconds * 2 ** (attempt - 1));
    }
  }
}

/** Whether trying again may help: the service was busy or did not answer at all. */
function isPassing(error: unknown): boolean {
  const status = statusOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
  return status === null || status === 429 || status >= 500;
}

async function openObject(client: S3Client, bucket: string, sha256: string, range: ByteRange): Promise<Readable> {
  try {
    const command = new GetObjectCommand({ Bucket: bucket, Key: keyOf(sha256), Range: rangeHeader(range) });
    const { Body: body } = await client.send(command);
    assert(body instanceof Readable, 'in Node the S3 client answers with a Node stream');
    return body;
  } catch (error) {
    if (isMissing(error)) throw new MissingBytesError(sha256, { cause: error });
    if (statusOf(error) === 416) throw emptyRange(sha256, range, null);
    throw error;
  }
}

function rangeHeader({ start = 0, end }: ByteRange): string | undefined {
  if (start === 0 && end === undefined) return undefined;
  return `bytes=${start}-${end ?? ''}`;
}
