import { openLinkedFile } from '@/lib/domain/models/open-linked-file';
import { defineRoute } from '@/lib/http/define-route';
import { fileReply } from '@/lib/http/file-reply';
import { downloadFileOperation } from '@/lib/http/operations/files';

/** GET /api/files/{sha256}/{fileName}: the file behind a signed link, or a part of it. */
export const GET = defineRoute(downloadFileOperation, async ({ context, params, query, request }) =>
  fileReply(request, params, await openLinkedFile(context, params, query)),
);
