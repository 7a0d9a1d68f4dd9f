import { emptyTrash } from '@/lib/domain/trash/empty-trash';
import { defineRoute } from '@/lib/http/define-route';
import { emptyTrashOperation } from '@/lib/http/operations/trash';

/** POST /api/trash/empty: deletes everything in the trash for good. */
export const POST = defineRoute(emptyTrashOperation, ({ context }) => emptyTrash(context));
