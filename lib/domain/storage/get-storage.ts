import { type Context, requireScope } from '@/lib/domain/context';
import { planLimits } from '@/lib/domain/plan-limits';
import { largestModels, sumFiles } from '@/lib/domain/storage/repository';
import type { StorageUse } from '@/lib/domain/storage/schema';

const largestCount = 10;

/**
 * What the workspace's files take up, and what its plan allows. A file that is kept twice counts twice, though its bytes are
 * stored once: what somebody sees as used does not depend on what others have.
 */
export async function getStorage(context: Context): Promise<StorageUse> {
  requireScope(context, 'storage:read');
  const { db, workspaceId, plan } = context;
  const [{ living, trashed }, largest] = await Promise.all([
    sumFiles(db, workspaceId),
    largestModels(db, workspaceId, largestCount),
  ]);
  const used = living.sizeBytes + trashed.sizeBytes;
  const limit = planLimits(plan).storageBytes;
  return {
    used,
    limit,
    percentage: limit === null ? null : Math.round((used / limit) * 10_000) / 100,
    byKind: [
      { kind: 'models', ...living },
      { kind: 'trash', ...trashed },
    ],
    largest: largest.map(({ deletedAt, ...model }) => ({ ...model, type: 'model', isInTrash: deletedAt !== null })),
  };
}
