import { getModelDownload } from '@/lib/domain/models/get-model-download';
import { defineRoute } from '@/lib/http/define-route';
import { downloadModelOperation } from '@/lib/http/operations/models';
import { RedirectReply } from '@/lib/http/reply';

/** GET /api/models/{modelId}/download: to a signed link of the model's file. */
export const GET = defineRoute(
  downloadModelOperation,
  async ({ context, params, query }) => new RedirectReply((await getModelDownload(context, params.modelId, query)).url),
);
