import { type Context, requireScope } from '@/lib/domain/context';
import { clearTrash } from '@/lib/domain/trash/clear-trash';
import type { DeletedForever } from '@/lib/domain/trash/schema';

/** Deletes everything in the workspace's trash for good. */
export async function emptyTrash(context: Context): Promise<DeletedForever> {
  requireScope(context, 'trash');
  return clearTrash(context, { through: null, message: (what) => `Emptied the trash: ${what} deleted for good` });
}
