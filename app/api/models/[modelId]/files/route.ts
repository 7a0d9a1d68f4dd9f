import { listModelFiles } from '@/lib/domain/models/list-model-files';
import { defineRoute } from '@/lib/http/define-route';
import { listModelFilesOperation } from '@/lib/http/operations/models';

/** GET /api/models/{modelId}/files: signed links to the files of a model. */
export const GET = defineRoute(listModelFilesOperation, ({ context, params }) =>
  listModelFiles(context, params.modelId),
);
