import { notFound } from '@/lib/core/errors';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { releaseUnreferencedBlobs } from '@/lib/domain/blobs/release-unreferenced-blobs';
import { type Context, requireScope } from '@/lib/domain/context';
import { deleteContents } from '@/lib/domain/trash/delete-contents';
import { lockModelsOf, lockTrashedModel, lockTrashedProject } from '@/lib/domain/trash/repository';
import type { DeletedForever, TrashSelection } from '@/lib/domain/trash/schema';

/** Deletes a thing of the trash for good, a project with all its models, and frees their bytes. Throws `NOT_FOUND`. */
export async function deleteForever(context: Context, { itemId, type }: TrashSelection): Promise<DeletedForever> {
  requireScope(context, 'trash');
  const { db, workspaceId } = context;
  const { deleted, sha256s } = await db.transaction(async (transaction) => {
    const lock = type === 'project' ? lockTrashedProject : lockTrashedModel;
    const item = await lock(transaction, workspaceId, itemId);
    if (item === null) throw notFound(type === 'project' ? 'Project in the trash' : 'Model in the trash');
    const contents =
      type === 'project'
        ? { projects: [item], models: await lockModelsOf(transaction, itemId) }
        : { projects: [], models: [item] };
    const outcome = await deleteContents(transaction, contents);
    const { projectCount: _, ...details } = outcome.deleted;
    await recordActivity(context, transaction, {
      action: 'deleted',
      resource: { type, id: itemId, name: item.name },
      message: `Deleted ${type} ${item.name} for good`,
      details,
    });
    return outcome;
  });
  await releaseUnreferencedBlobs(context, sha256s);
  return deleted;
}
