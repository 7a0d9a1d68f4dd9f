import { deleteForever } from '@/lib/domain/trash/delete-forever';
import { listTrash } from '@/lib/domain/trash/list-trash';
import { restoreItem } from '@/lib/domain/trash/restore-item';
import { defineRoute } from '@/lib/http/define-route';
import { deleteForeverOperation, listTrashOperation, restoreItemOperation } from '@/lib/http/operations/trash';

/** GET /api/trash: one page of what lies in the trash. */
export const GET = defineRoute(listTrashOperation, ({ context, query }) => listTrash(context, query));

/** POST /api/trash: takes one item out again. */
export const POST = defineRoute(restoreItemOperation, ({ context, body }) => restoreItem(context, body));

/** DELETE /api/trash: deletes one item for good. */
export const DELETE = defineRoute(deleteForeverOperation, ({ context, body }) => deleteForever(context, body));
