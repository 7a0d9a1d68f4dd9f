import { z } from 'zod';
import { modelId } from '@/lib/domain/models/schema';
import {
  foreignPrediction,
  hubFields,
  hubLegacyReply,
  hubReply,
  maximumImageBytes,
  maximumVideoBytes,
  platformPrediction,
  predictFields,
} from '@/lib/domain/predictions/schema';
import { defineOperation } from '@/lib/http/operation';

const slug = z.string().max(64);

const platform = {
  tag: 'Inference',
  surface: 'platform',
  access: 'caller',
  limit: 'inference',
  scope: 'inference',
  method: 'POST',
  body: {
    kind: 'multipart',
    fields: predictFields,
    fileFields: ['file'],
    fileRequired: false,
    maximumFileBytes: maximumImageBytes,
    fileDescription: 'JPEG, PNG, WebP, GIF, AVIF or BMP image of at most 10 MB',
    jsonToo: true,
  },
  reply: { kind: 'plain', schema: z.union([platformPrediction, foreignPrediction]) },
  errors: ['NOT_FOUND', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'UNAVAILABLE', 'CONFLICT'],
} as const;

export const predictOperation = defineOperation({
  ...platform,
  id: 'predict',
  path: '/api/models/{modelId}/predict',
  summary: 'Run a model on an image',
  params: z.object({ modelId }),
});

export const predictBySlugOperation = defineOperation({
  ...platform,
  id: 'predictBySlug',
  path: '/api/models/{modelId}/{project}/{model}/predict',
  summary: 'Run a model, named by its address, on an image',
  description: 'The first part is the user name: /api/models/username/project/model/predict.',
  params: z.object({ modelId: slug.describe('User name'), project: slug, model: slug }),
});

export const hubPredictOperation = defineOperation({
  id: 'hubPredict',
  tag: 'HUB inference',
  surface: 'hub',
  access: 'caller',
  limit: 'hub',
  scope: 'inference',
  method: 'POST',
  path: '/v1/predict/{modelId}',
  summary: 'Run a model as the HUB did',
  description:
    'Scripts written for https://api.ultralytics.com/v1/predict/MODEL_ID work here by changing the host. The fields image, url, size, confidence and normalize choose the reply of 2024, all else the later one.',
  params: z.object({ modelId }),
  query: hubFields,
  body: {
    kind: 'multipart',
    fields: hubFields,
    fileFields: ['file', 'image'],
    fileRequired: false,
    maximumFileBytes: maximumVideoBytes,
    fileDescription: 'Image of at most 10 MB, or video of at most 100 MB',
    jsonToo: true,
  },
  reply: { kind: 'plain', schema: z.union([hubReply, hubLegacyReply]) },
  errors: ['NOT_FOUND', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'UNAVAILABLE', 'CONFLICT'],
});
