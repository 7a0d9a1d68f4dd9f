import { notFound } from '@/lib/core/errors';
import { type Context, requireScope } from '@/lib/domain/context';
import { loadModel } from '@/lib/domain/models/get-model';
import { findModelId, type ModelAddress } from '@/lib/domain/models/repository';
import type { Model } from '@/lib/domain/models/schema';

/** A living model of the workspace by the words of its address, /owner/project/model. Throws `NOT_FOUND`. */
export async function getModelByAddress(context: Context, address: ModelAddress): Promise<Model> {
  requireScope(context, 'models:read');
  const id = await findModelId(context.db, context.workspaceId, address);
  if (id === null) throw notFound('Model');
  return loadModel(context, id);
}
