import { notFound } from '@/lib/core/errors';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import type { ActivityAction } from '@/lib/domain/activity/schema';
import { type Context, requireScope } from '@/lib/domain/context';
import { loadModel } from '@/lib/domain/models/get-model';
import { lockModel, type ModelRow, updateModelRow } from '@/lib/domain/models/repository';
import type { Model, UpdateModelInput } from '@/lib/domain/models/schema';

/** Changes name, description or visibility. The slug stays, because addresses in scripts name it. Throws `NOT_FOUND`. */
export async function updateModel(context: Context, id: string, changes: UpdateModelInput): Promise<Model> {
  requireScope(context, 'models');
  await context.db.transaction(async (transaction) => {
    const before = await lockModel(transaction, context.workspaceId, id);
    if (before === null) throw notFound('Model');
    await updateModelRow(transaction, id, { ...changes, updatedAt: context.now() });
    const { action, message } = updateOf(before, changes);
    const { name, description, visibility } = before;
    await recordActivity(context, transaction, {
      action,
      resource: { type: 'model', id, name: changes.name ?? name },
      message,
      details: { before: { name, description, visibility }, after: changes },
    });
  });
  return loadModel(context, id);
}

function updateOf(before: ModelRow, changes: UpdateModelInput): { action: ActivityAction; message: string } {
  if (changes.visibility !== undefined && changes.visibility !== before.visibility) {
    const action = changes.visibility === 'public' ? 'shared' : 'unshared';
    return { action, message: `Made model ${before.name} ${changes.visibility}` };
  }
  if (changes.name !== undefined && changes.name !== before.name) {
    return { action: 'updated', message: `Renamed model ${before.name} to ${changes.name}` };
  }
  return { action: 'updated', message: `Updated model ${before.name}` };
}
