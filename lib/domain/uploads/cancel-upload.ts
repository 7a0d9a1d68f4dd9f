import { notFound } from '@/lib/core/errors';
import { type Context, requireScope } from '@/lib/domain/context';
import { deleteUpload } from '@/lib/domain/uploads/repository';

/** Forgets an upload and deletes what arrived. Throws `NOT_FOUND`. */
export async function cancelUpload(context: Context, id: string): Promise<void> {
  requireScope(context, 'models');
  const { db, workspaceId, now, resumable } = context;
  if (!(await deleteUpload(db, workspaceId, id, now()))) throw notFound('Upload');
  await resumable.remove(id);
}
