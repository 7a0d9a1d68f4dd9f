import { receiveMedia } from '@/lib/domain/predictions/receive-media';
import { defineRoute } from '@/lib/http/define-route';
import { hubPredict } from '@/lib/http/hub-predict';
import { hubPredictOperation } from '@/lib/http/operations/predictions';

/** POST /v1/predict/{modelId}: runs a model as the HUB did, in either of its two forms. */
export const POST = defineRoute(hubPredictOperation, {
  receiveFile: async ({ stream, fileName, fieldName }, context) => ({
    media: await receiveMedia(context, stream, fileName),
    fieldName,
  }),
  releaseFile: async ({ media }) => {
    if (media.kind === 'video') await media.staged.discard();
  },
  handle: hubPredict,
});
