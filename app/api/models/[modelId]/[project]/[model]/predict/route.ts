import { receiveImage } from '@/lib/domain/predictions/receive-media';
import { defineRoute } from '@/lib/http/define-route';
import { predictBySlugOperation } from '@/lib/http/operations/predictions';
import { predictFromRequest } from '@/lib/http/predict-from-request';

/** POST /api/models/{username}/{project}/{model}/predict: runs a model, named by its address, on an image. */
export const POST = defineRoute(predictBySlugOperation, {
  receiveFile: ({ stream, fileName }) => receiveImage(stream, fileName),
  handle: ({ context, params, body, file, request }) =>
    predictFromRequest(
      context,
      { kind: 'address', owner: params.modelId, project: params.project, model: params.model },
      body,
      file,
      request.signal,
    ),
});
