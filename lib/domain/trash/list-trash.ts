import type { Page } from '@/lib/core/page';
import { type Context, requireScope } from '@/lib/domain/context';
import { listTrashRows, trashContents } from '@/lib/domain/trash/list-repository';
import { presentTrashItem } from '@/lib/domain/trash/present-trash-item';
import type { ListTrashQuery, TrashItem } from '@/lib/domain/trash/schema';

/** One page of the workspace's trash, last deleted first. What went along with a project is part of the project. */
export async function listTrash(context: Context, query: ListTrashQuery): Promise<Page<TrashItem>> {
  requireScope(context, 'trash:read');
  const { db, workspaceId, now } = context;
  const { rows, total } = await listTrashRows(db, workspaceId, query);
  const contents = await trashContents(
    db,
    rows.map(({ id }) => id),
  );
  const at = now();
  return {
    items: rows.map((row) => presentTrashItem(row, contents.get(row.id), at)),
    meta: { page: query.page, limit: query.limit, total },
  };
}
