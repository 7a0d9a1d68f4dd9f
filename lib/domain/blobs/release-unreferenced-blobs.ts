import { deleteUnusedBlob } from '@/lib/domain/blobs/repository';
import type { Services } from '@/lib/domain/context';

/**
 * Frees the bytes among `sha256s` that nothing points at any more; to be called after the transaction that deleted the
 * pointers. The bytes go while the row is locked: whoever uploads the same content meanwhile waits and stores it again. A
 * crash in between leaves a row without bytes, which the next upload or sweep sets right. Returns the bytes freed.
 */
export async function releaseUnreferencedBlobs(
  { db, storage, now }: Services,
  sha256s: readonly string[],
): Promise<number> {
  let freedBytes = 0;
  for (const sha256 of new Set(sha256s)) {
    freedBytes += await db.transaction(async (transaction) => {
      const sizeBytes = await deleteUnusedBlob(transaction, sha256, now());
      if (sizeBytes === null) return 0;
      await storage.remove(sha256);
      return sizeBytes;
    });
  }
  return freedBytes;
}
