import { releaseUnreferencedBlobs } from '@/lib/domain/blobs/release-unreferenced-blobs';
import { listUnusedBlobs } from '@/lib/domain/blobs/repository';
import type { Services } from '@/lib/domain/context';

/** Frees in portions, so that a run that is stopped has not worked for nothing. */
const portion = 500;

/** Temporary files are written without a pause; one untouched for so long was left by a crash. */
const abandonedMilliseconds = 24 * 60 * 60 * 1000;

/** Frees what crashes left: bytes that nothing points at, and temporary files of broken uploads. Returns the bytes freed. */
export async function sweepOrphanBytes(services: Services): Promise<number> {
  const { db, storage, now } = services;
  await storage.sweepTemporary(new Date(now().getTime() - abandonedMilliseconds));
  let freedBytes = 0;
  for (;;) {
    const unused = await listUnusedBlobs(db, now(), portion);
    freedBytes += await releaseUnreferencedBlobs(services, unused);
    if (unused.length < portion) return freedBytes;
  }
}
