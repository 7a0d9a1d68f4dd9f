import type { Services } from '@/lib/domain/context';
import { deleteExpiredUploads } from '@/lib/domain/uploads/repository';

/** Files without a row are those of cancelled or used uploads whose process died; no living upload is so old. */
const abandonedMilliseconds = 25 * 60 * 60 * 1000;

/** Deletes uploads that have expired, and files that a crash left. Returns how many uploads had expired. */
export async function sweepUploads({ db, resumable, now }: Services): Promise<number> {
  const expired = await deleteExpiredUploads(db, now());
  for (const id of expired) await resumable.remove(id);
  await resumable.sweep(new Date(now().getTime() - abandonedMilliseconds));
  return expired.length;
}
