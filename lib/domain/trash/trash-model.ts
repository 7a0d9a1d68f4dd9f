import { notFound } from '@/lib/core/errors';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { type Context, requireScope } from '@/lib/domain/context';
import { markModelDeleted } from '@/lib/domain/trash/repository';

/** Moves a model to the trash; its project stays. Throws `NOT_FOUND`. */
export async function trashModel(context: Context, id: string): Promise<{ id: string; deletedAt: string }> {
  requireScope(context, 'models');
  const { db, workspaceId, now } = context;
  const at = now();
  await db.transaction(async (transaction) => {
    const deleted = await markModelDeleted(transaction, workspaceId, id, at);
    if (deleted === null) throw notFound('Model');
    await recordActivity(context, transaction, {
      action: 'trashed',
      resource: { type: 'model', id, name: deleted.name },
      message: `Moved model ${deleted.name} to the trash`,
      details: { projectId: deleted.projectId },
    });
  });
  return { id, deletedAt: at.toISOString() };
}
