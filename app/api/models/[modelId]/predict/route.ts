import { receiveImage } from '@/lib/domain/predictions/receive-media';
import { defineRoute } from '@/lib/http/define-route';
import { predictOperation } from '@/lib/http/operations/predictions';
import { predictFromRequest } from '@/lib/http/predict-from-request';

/** POST /api/models/{modelId}/predict: runs a model on an image. */
export const POST = defineRoute(predictOperation, {
  receiveFile: ({ stream, fileName }) => receiveImage(stream, fileName),
  handle: ({ context, params, body, file, request }) =>
    predictFromRequest(context, { kind: 'id', id: params.modelId }, body, file, request.signal),
});
