import { openWeights } from '@/lib/domain/catalogue/open-weights';
import { defineRoute } from '@/lib/http/define-route';
import { fileReply } from '@/lib/http/file-reply';
import { readWeightsOperation } from '@/lib/http/operations/catalogue';

/** GET /api/catalogue/{name}/file: the weights, or a part of them. */
export const GET = defineRoute(readWeightsOperation, async ({ context, params, request }) => {
  const file = await openWeights(context, params.name);
  return fileReply(request, file, file);
});
