import { appendUpload } from '@/lib/domain/uploads/append-upload';
import { cancelUpload } from '@/lib/domain/uploads/cancel-upload';
import { getUpload } from '@/lib/domain/uploads/get-upload';
import { defineRoute } from '@/lib/http/define-route';
import { appendUploadOperation, cancelUploadOperation, getUploadOperation } from '@/lib/http/operations/uploads';
import { uploadPiece } from '@/lib/http/upload-piece';

/** GET /api/uploads/{uploadId}: how far it came. */
export const GET = defineRoute(getUploadOperation, ({ context, params }) => getUpload(context, params.uploadId));

/** PATCH /api/uploads/{uploadId}: the next piece. */
export const PATCH = defineRoute(appendUploadOperation, ({ context, params, request }) =>
  appendUpload(context, params.uploadId, uploadPiece(request)),
);

/** DELETE /api/uploads/{uploadId}: forgets it. */
export const DELETE = defineRoute(cancelUploadOperation, ({ context, params }) =>
  cancelUpload(context, params.uploadId),
);
