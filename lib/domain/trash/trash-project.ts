import { notFound } from '@/lib/core/errors';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { type Context, requireScope } from '@/lib/domain/context';
import { markModelsDeletedWith, markProjectDeleted } from '@/lib/domain/trash/repository';

/** Moves a project to the trash, and its models with it: they come back together. Throws `NOT_FOUND`. */
export async function trashProject(context: Context, id: string): Promise<{ id: string; deletedAt: string }> {
  requireScope(context, 'projects');
  const { db, workspaceId, now } = context;
  const at = now();
  await db.transaction(async (transaction) => {
    const deleted = await markProjectDeleted(transaction, workspaceId, id, at);
    if (deleted === null) throw notFound('Project');
    const modelCount = await markModelsDeletedWith(transaction, id, at);
    await recordActivity(context, transaction, {
      action: 'trashed',
      resource: { type: 'project', id, name: deleted.name },
      message: `Moved project ${deleted.name} to the trash`,
      details: { modelCount },
    });
  });
  return { id, deletedAt: at.toISOString() };
}
