import { notFound } from '@/lib/core/errors';
import { type Context, requireScope } from '@/lib/domain/context';
import { listModelFiles } from '@/lib/domain/models/list-model-files';
import type { ModelDownloadQuery, ModelFileLink } from '@/lib/domain/models/schema';

/** A signed link to a file of a model. Throws `NOT_FOUND`, also for a model without such a file. */
export async function getModelDownload(
  context: Context,
  id: string,
  { kind }: ModelDownloadQuery,
): Promise<ModelFileLink> {
  requireScope(context, 'models:read');
  const file = (await listModelFiles(context, id)).find((link) => link.kind === kind);
  if (file === undefined) throw notFound('File of the model');
  return file;
}
