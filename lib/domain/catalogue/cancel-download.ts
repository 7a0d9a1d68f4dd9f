import { DomainError } from '@/lib/core/errors';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { addressOf, findWeights } from '@/lib/domain/catalogue/find-weights';
import { loadEntry } from '@/lib/domain/catalogue/get-catalogue-entry';
import { countAwaiting, lockCatalogueFile, stopAwaiting, updateCatalogueFile } from '@/lib/domain/catalogue/repository';
import type { CatalogueEntry } from '@/lib/domain/catalogue/schema';
import { type Context, requireScope } from '@/lib/domain/context';

/**
 * The workspace does not wait for a download any more; when nobody else does either, it ends and what arrived is deleted. Throws
 * `NOT_FOUND`, and `CONFLICT` when the workspace waits for none.
 */
export async function cancelDownload(context: Context, name: string): Promise<CatalogueEntry> {
  requireScope(context, 'models');
  const { db, workspaceId, now, resumable } = context;
  const weights = findWeights(name);
  const address = addressOf(context, weights);
  const abandonedId = await db.transaction(async (transaction) => {
    const { state, partialId } = await lockCatalogueFile(transaction, address, now());
    const isRunning = state === 'waiting' || state === 'downloading';
    if (!isRunning || !(await stopAwaiting(transaction, workspaceId, address))) throw nothingToCancel(weights.fileName);
    await recordActivity(context, transaction, {
      action: 'cancelled',
      resource: { type: 'catalogue', id: weights.name, name: weights.name },
      message: `Cancelled the download of ${weights.fileName}`,
    });
    if ((await countAwaiting(transaction, address)) > 0) return null;
    const nothing = { partialId: null, entityTag: null, receivedBytes: 0, totalBytes: null, runId: null };
    await updateCatalogueFile(transaction, address, { ...nothing, state: 'absent', updatedAt: now() });
    return partialId;
  });
  // The download itself, perhaps on another machine, removes it too once it sees that it was cancelled.
  if (abandonedId !== null) await resumable.remove(abandonedId);
  return loadEntry(context, weights);
}

function nothingToCancel(fileName: string): DomainError {
  return new DomainError(
    'CONFLICT',
    `This workspace is not waiting for a download of ${fileName}: there is nothing to cancel.`,
  );
}
