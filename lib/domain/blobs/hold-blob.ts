import { randomUUID } from 'node:crypto';
import { DomainError } from '@/lib/core/errors';
import { releaseUnreferencedBlobs } from '@/lib/domain/blobs/release-unreferenced-blobs';
import { deleteHold, insertHold, keepBlob } from '@/lib/domain/blobs/repository';
import type { Services } from '@/lib/domain/context';
import type { Transaction } from '@/lib/platform/db/database';
import type { StagedBytes, StoredBytes } from '@/lib/platform/storage/storage';

/** Bytes that are in storage and stay there until they are linked or let go. */
export type HeldBlob = StoredBytes & { readonly holdId: string };

/** Longer than any upload to an object store takes; what a crash left held is freed after it. */
const holdMilliseconds = 6 * 60 * 60 * 1000;

/**
 * Puts staged bytes into storage. The hold is written before the first byte, so that nobody who deletes the same content
 * meanwhile takes it away, and no database lock is kept while bytes travel.
 */
export async function holdBlob(services: Services, staged: StagedBytes): Promise<HeldBlob> {
  const { sha256, sizeBytes } = staged;
  const held = { sha256, sizeBytes, holdId: randomUUID() };
  const at = services.now();
  await services.db.transaction(async (transaction) => {
    await keepBlob(transaction, { sha256, sizeBytes }, at);
    const expiresAt = new Date(at.getTime() + holdMilliseconds);
    await insertHold(transaction, { id: held.holdId, sha256, expiresAt });
  });
  try {
    await staged.commit();
  } catch (error) {
    await letGoBlob(services, held);
    throw error;
  }
  return held;
}

/**
 * Turns the hold into a link: the row that points at the bytes is inserted in the same transaction. Throws `UNAVAILABLE` when
 * the hold has expired.
 */
export async function linkBlob(transaction: Transaction, { holdId }: HeldBlob): Promise<void> {
  if (await deleteHold(transaction, holdId)) return;
  throw new DomainError('UNAVAILABLE', 'The upload took too long to be put away. Send it again.', {
    retryAfterSeconds: 1,
  });
}

/** Gives up bytes that were not linked: they are deleted unless something else points at them. */
export async function letGoBlob(services: Services, { holdId, sha256 }: HeldBlob): Promise<void> {
  await deleteHold(services.db, holdId);
  await releaseUnreferencedBlobs(services, [sha256]);
}
