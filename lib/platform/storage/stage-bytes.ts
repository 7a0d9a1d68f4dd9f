import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { DomainError } from '@/lib/core/errors';
import { abortable } from '@/lib/platform/storage/abortable';
import { writeWhole } from '@/lib/platform/storage/durable-files';
import type { StagingRules, StoredBytes } from '@/lib/platform/storage/storage';

export type TemporaryBytes = StoredBytes & { readonly path: string };

/**
 * Writes `source` to a new file in `folder`, hashing on the way, and waits until the disk has it. Throws what
 * `Storage.stage` says; the file is then gone.
 */
export async function stageBytes(
  source: AsyncIterable<Uint8Array>,
  folder: string,
  rules: StagingRules,
): Promise<TemporaryBytes> {
  rules.signal?.throwIfAborted();
  await mkdir(folder, { recursive: true });
  const temporaryPath = path.join(folder, randomUUID());
  const file = await open(temporaryPath, 'wx');
  try {
    const stored = await writeHashed(source, file, rules);
    checkExpected(stored, rules);
    await file.sync();
    return { ...stored, path: temporaryPath };
  } catch (error) {
    await rm(temporaryPath, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function writeHashed(
  source: AsyncIterable<Uint8Array>,
  file: FileHandle,
  { maximumBytes, signal }: StagingRules,
): Promise<StoredBytes> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of abortable(source, signal)) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > maximumBytes) throw tooLarge(maximumBytes);
    hash.update(chunk);
    await writeWhole(file, chunk);
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

function checkExpected({ sha256, sizeBytes }: StoredBytes, { expectedSha256, expectedBytes }: StagingRules): void {
  if (expectedBytes !== undefined && sizeBytes !== expectedBytes) {
    throw new DomainError(
      'VALIDATION_ERROR',
      `The file should have ${expectedBytes} bytes, but ${sizeBytes} arrived. Send it again.`,
    );
  }
  if (expectedSha256 !== undefined && sha256 !== expectedSha256) {
    throw new DomainError(
      'VALIDATION_ERROR',
      `The file should have the SHA-256 ${expectedSha256}, but what arrived has ${sha256}. Send it again.`,
    );
  }
}

function tooLarge(maximumBytes: number): DomainError {
  return new DomainError('PAYLOAD_TOO_LARGE', `The file has more than the ${maximumBytes} bytes allowed here.`);
}
