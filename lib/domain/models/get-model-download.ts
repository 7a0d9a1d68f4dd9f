import { notFound } from '@/lib/core/errors';
import { type Context, requireScope } from '@/lib/domain/context';
import { listModelFiles } from '@/lib/domain/models/list-model-files';
import type { ModelFileLink } from '@/lib/domain/models/schema';

/** A signed link to the file as it was uploaded. Throws `NOT_FOUND`, also for a model without a file. */
export async function getModelDownload(context: Context, id: string): Promise<ModelFileLink> {
  requireScope(context, 'models:read');
  const weights = (await listModelFiles(context, id)).find(({ kind }) => kind === 'weights');
  if (weights === undefined) throw notFound('File of the model');
  return weights;
}
