import { receiveModelFile } from '@/lib/domain/models/receive-model-file';
import { replaceModelFile } from '@/lib/domain/models/replace-model-file';
import { defineRoute } from '@/lib/http/define-route';
import { replaceModelFileOperation } from '@/lib/http/operations/models';

/** PUT /api/models/{modelId}/file: gives a model another file. */
export const PUT = defineRoute(replaceModelFileOperation, {
  receiveFile: ({ stream, fileName }, context) => receiveModelFile(context, stream, fileName),
  releaseFile: ({ staged }) => staged.discard(),
  handle: ({ context, params, body, file }) => replaceModelFile(context, params.modelId, body, file),
});
