import { notFound } from '@/lib/core/errors';
import { type Context, requireScope } from '@/lib/domain/context';
import { presentUpload } from '@/lib/domain/uploads/present-upload';
import { findUpload } from '@/lib/domain/uploads/repository';
import type { Upload } from '@/lib/domain/uploads/schema';

/** How far an upload came. Throws `NOT_FOUND`, also once it has expired. */
export async function getUpload(context: Context, id: string): Promise<Upload> {
  requireScope(context, 'models');
  const row = await findUpload(context.db, context.workspaceId, id, context.now());
  if (row === null) throw notFound('Upload');
  return presentUpload(row, await context.resumable.length(id));
}
