import { z } from 'zod';
import {
  createModelInput,
  listModelsQuery,
  maximumModelBytes,
  model,
  modelDownloadQuery,
  modelFileLink,
  modelId,
  modelSummary,
  replaceModelFileInput,
  updateModelInput,
} from '@/lib/domain/models/schema';
import { defineOperation } from '@/lib/http/operation';

const params = z.object({ modelId });
const shared = { tag: 'Models', surface: 'platform', access: 'caller', limit: 'api' } as const;
const modelFile = {
  kind: 'multipart',
  fileFields: ['file'],
  fileRequired: false,
  maximumFileBytes: maximumModelBytes,
  fileDescription: 'A model: .onnx or .pt, at most 1 GB',
  jsonToo: true,
} as const;
const uploadErrors = [
  'NOT_FOUND',
  'CONFLICT',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'QUOTA_EXCEEDED',
] as const;

export const listModelsOperation = defineOperation({
  ...shared,
  id: 'listModels',
  method: 'GET',
  path: '/api/models',
  summary: 'List models',
  scope: 'models:read',
  query: listModelsQuery,
  body: { kind: 'none' },
  reply: { kind: 'page', schema: modelSummary },
});

export const createModelOperation = defineOperation({
  ...shared,
  id: 'createModel',
  method: 'POST',
  path: '/api/models',
  summary: 'Upload a model',
  description:
    'Send the file itself as multipart/form-data, or, as JSON, the id of a finished resumable upload. What the file says about itself is read; a file that is no model is refused. A .pt is converted to ONNX, which predicts in its place; one that cannot be converted is kept, with the reason.',
  scope: 'models',
  body: { ...modelFile, fields: createModelInput },
  reply: { kind: 'data', schema: model },
  status: 201,
  errors: uploadErrors,
  example: { projectId: 'project_abc123', name: 'traffic', file: 'best.onnx' },
});

export const getModelOperation = defineOperation({
  ...shared,
  id: 'getModel',
  method: 'GET',
  path: '/api/models/{modelId}',
  summary: 'Get a model',
  scope: 'models:read',
  params,
  body: { kind: 'none' },
  reply: { kind: 'data', schema: model },
  errors: ['NOT_FOUND'],
});

export const updateModelOperation = defineOperation({
  ...shared,
  id: 'updateModel',
  method: 'PATCH',
  path: '/api/models/{modelId}',
  summary: 'Change name, description or visibility of a model',
  scope: 'models',
  params,
  body: { kind: 'json', schema: updateModelInput },
  reply: { kind: 'data', schema: model },
  errors: ['NOT_FOUND'],
  example: { description: 'Day and night' },
});

export const deleteModelOperation = defineOperation({
  ...shared,
  id: 'deleteModel',
  method: 'DELETE',
  path: '/api/models/{modelId}',
  summary: 'Move a model to the trash',
  description: 'It can be restored for 30 days.',
  scope: 'models',
  params,
  body: { kind: 'none' },
  reply: { kind: 'data', schema: z.object({ id: z.string(), deletedAt: z.iso.datetime() }) },
  errors: ['NOT_FOUND'],
});

export const replaceModelFileOperation = defineOperation({
  ...shared,
  id: 'replaceModelFile',
  method: 'PUT',
  path: '/api/models/{modelId}/file',
  summary: 'Replace the file of a model',
  description: 'As when uploading a model. Links to the old file stop working; the id and the addresses stay.',
  scope: 'models',
  params,
  body: { ...modelFile, fields: replaceModelFileInput },
  reply: { kind: 'data', schema: model },
  errors: uploadErrors,
  example: { file: 'best.onnx' },
});

export const listModelFilesOperation = defineOperation({
  ...shared,
  id: 'listModelFiles',
  method: 'GET',
  path: '/api/models/{modelId}/files',
  summary: 'Get signed links to the files of a model',
  description: 'The links work without a key for an hour, and resume with Range requests.',
  scope: 'models:read',
  params,
  body: { kind: 'none' },
  reply: { kind: 'data', schema: z.array(modelFileLink) },
  errors: ['NOT_FOUND'],
});

export const downloadModelOperation = defineOperation({
  ...shared,
  id: 'downloadModel',
  method: 'GET',
  path: '/api/models/{modelId}/download',
  summary: 'Download a model',
  description: 'Redirects to a signed link.',
  scope: 'models:read',
  params,
  query: modelDownloadQuery,
  body: { kind: 'none' },
  reply: { kind: 'empty' },
  status: 302,
  errors: ['NOT_FOUND'],
});
