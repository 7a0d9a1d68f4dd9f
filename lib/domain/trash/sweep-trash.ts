import type { Context, Services } from '@/lib/domain/context';
import { clearTrash } from '@/lib/domain/trash/clear-trash';
import { workspacesWithTrash } from '@/lib/domain/trash/repository';
import { type DeletedForever, retentionDays } from '@/lib/domain/trash/schema';

const dayMilliseconds = 86_400_000;

/** Deletes for good what has been in anybody's trash for `retentionDays`. One workspace's trouble does not keep the others'. */
export async function sweepTrash(services: Services): Promise<DeletedForever> {
  const through = new Date(services.now().getTime() - retentionDays * dayMilliseconds);
  const total = { projectCount: 0, modelCount: 0, sizeBytes: 0 };
  const failures: unknown[] = [];
  for (const workspaceId of await workspacesWithTrash(services.db, through)) {
    try {
      const deleted = await clearTrash(systemContext(services, workspaceId), {
        through,
        message: (what) => `Deleted ${what} for good after ${retentionDays} days in the trash`,
      });
      total.projectCount += deleted.projectCount;
      total.modelCount += deleted.modelCount;
      total.sizeBytes += deleted.sizeBytes;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `The trash of ${failures.length} workspaces was not swept.`);
  return total;
}

/** The server acting by itself in a workspace. The plan plays no part in deleting. */
function systemContext(services: Services, workspaceId: string): Context {
  return { ...services, actor: { kind: 'system' }, workspaceId, plan: 'free', requestId: 'sweep-trash' };
}
