import { DomainError, notFound } from '@/lib/core/errors';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { type Context, requireScope } from '@/lib/domain/context';
import { freeModelSlug } from '@/lib/domain/models/free-model-slug';
import { freeProjectSlug } from '@/lib/domain/projects/free-project-slug';
import { retryTakenSlug } from '@/lib/domain/retry-taken-slug';
import {
  holdProjectOfModel,
  lockTrashedModel,
  lockTrashedProject,
  reviveModel,
  reviveProject,
} from '@/lib/domain/trash/repository';
import type { RestoredItem, TrashSelection } from '@/lib/domain/trash/schema';
import type { Transaction } from '@/lib/platform/db/database';

/**
 * Takes a project with its models, or a model, out of the trash. When its slug was given away meanwhile it gets a free one.
 * Throws `NOT_FOUND` for what is not in the trash (any more), and `CONFLICT` for a model whose project is still in it.
 */
export async function restoreItem(context: Context, { itemId, type }: TrashSelection): Promise<RestoredItem> {
  requireScope(context, 'trash');
  const restore = type === 'project' ? restoreProject : restoreModel;
  return retryTakenSlug(type, () =>
    context.db.transaction(async (transaction) => {
      const restored = await restore(context, transaction, itemId);
      await recordRestoration(context, transaction, restored);
      return restored;
    }),
  );
}

async function restoreProject(context: Context, transaction: Transaction, id: string): Promise<RestoredItem> {
  const project = await lockTrashedProject(transaction, context.workspaceId, id);
  if (project === null) throw notInTrash('Project');
  const slug = await freeProjectSlug(transaction, context.workspaceId, project.slug);
  const modelCount = await reviveProject(transaction, id, slug);
  return { id, type: 'project', name: project.name, slug, modelCount };
}

async function restoreModel(context: Context, transaction: Transaction, id: string): Promise<RestoredItem> {
  // The project first, in the order in which deleting locks them.
  const project = await holdProjectOfModel(transaction, context.workspaceId, id);
  if (project === null) throw notInTrash('Model');
  if (project.deletedAt !== null) {
    throw new DomainError(
      'CONFLICT',
      `The model’s project ${project.name} (${project.id}) is in the trash too. Restore the project first.`,
    );
  }
  const model = await lockTrashedModel(transaction, context.workspaceId, id);
  if (model === null) throw notInTrash('Model');
  const slug = await freeModelSlug(transaction, project.id, model.slug);
  await reviveModel(transaction, id, slug);
  return { id, type: 'model', name: model.name, slug, modelCount: 0 };
}

async function recordRestoration(context: Context, transaction: Transaction, item: RestoredItem): Promise<void> {
  const { id, type, name, slug, modelCount } = item;
  await recordActivity(context, transaction, {
    action: 'restored',
    resource: { type, id, name },
    message: `Restored ${type} ${name} from the trash`,
    details: { slug, ...(type === 'project' && { modelCount }) },
  });
}

function notInTrash(what: string): DomainError {
  return notFound(`${what} in the trash`);
}
