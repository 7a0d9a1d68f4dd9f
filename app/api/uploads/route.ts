import { createUpload } from '@/lib/domain/uploads/create-upload';
import { defineRoute } from '@/lib/http/define-route';
import { createUploadOperation } from '@/lib/http/operations/uploads';

/** POST /api/uploads: begins an upload in pieces. */
export const POST = defineRoute(createUploadOperation, ({ context, body }) => createUpload(context, body));
