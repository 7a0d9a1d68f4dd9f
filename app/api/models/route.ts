import { createModel } from '@/lib/domain/models/create-model';
import { listModels } from '@/lib/domain/models/list-models';
import { receiveModelFile } from '@/lib/domain/models/receive-model-file';
import { defineRoute } from '@/lib/http/define-route';
import { createModelOperation, listModelsOperation } from '@/lib/http/operations/models';

/** GET /api/models: one page of the workspace's models. */
export const GET = defineRoute(listModelsOperation, ({ context, query }) => listModels(context, query));

/** POST /api/models: makes a model of a file, or of a finished upload. */
export const POST = defineRoute(createModelOperation, {
  receiveFile: ({ stream, fileName }, context) => receiveModelFile(context, stream, fileName),
  releaseFile: ({ staged }) => staged.discard(),
  handle: ({ context, body, file }) => createModel(context, body, file),
});
