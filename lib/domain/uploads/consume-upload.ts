import { notFound } from '@/lib/core/errors';
import type { Context } from '@/lib/domain/context';
import { deleteUpload } from '@/lib/domain/uploads/repository';
import type { Transaction } from '@/lib/platform/db/database';

/**
 * Uses an upload up, in the transaction that keeps what was made of it: an upload becomes one thing only. Its bytes are
 * removed afterwards. Throws `NOT_FOUND` when another request was faster.
 */
export async function consumeUpload(
  { workspaceId, now }: Context,
  transaction: Transaction,
  id: string,
): Promise<void> {
  if (!(await deleteUpload(transaction, workspaceId, id, now()))) throw notFound('Upload');
}
