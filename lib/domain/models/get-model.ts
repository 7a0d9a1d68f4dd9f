import { notFound } from '@/lib/core/errors';
import { type Context, requireScope } from '@/lib/domain/context';
import { presentModel } from '@/lib/domain/models/present-model';
import { findModelView } from '@/lib/domain/models/repository';
import type { Model } from '@/lib/domain/models/schema';

/**
 * A living model of the workspace. Another workspace's is not found, a public one neither: being public shows it to others in
 * listings made for that, and opens no address of its owner's. Throws `NOT_FOUND`.
 */
export async function getModel(context: Context, id: string): Promise<Model> {
  requireScope(context, 'models:read');
  return loadModel(context, id);
}

/** As `getModel`, for verbs whose own gate was passed. */
export async function loadModel({ db, workspaceId }: Context, id: string): Promise<Model> {
  const view = await findModelView(db, workspaceId, id);
  if (view === null) throw notFound('Model');
  return presentModel(view);
}
