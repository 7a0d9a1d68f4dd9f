import { z } from 'zod';
import {
  catalogueEntry,
  catalogueName,
  createModelFromWeightsInput,
  startDownloadInput,
} from '@/lib/domain/catalogue/schema';
import { model } from '@/lib/domain/models/schema';
import { defineOperation } from '@/lib/http/operation';

const params = z.object({ name: catalogueName });
const shared = { tag: 'Catalogue', surface: 'platform', access: 'caller', limit: 'api' } as const;

export const listCatalogueOperation = defineOperation({
  ...shared,
  id: 'listCatalogue',
  method: 'GET',
  path: '/api/catalogue',
  summary: 'List the official weights',
  description:
    'YOLOv8, YOLO11 and YOLO26 in every size for every task, with their licence and what this server has of them.',
  scope: 'models:read',
  body: { kind: 'none' },
  reply: { kind: 'data', schema: z.array(catalogueEntry) },
});

export const getCatalogueEntryOperation = defineOperation({
  ...shared,
  id: 'getCatalogueEntry',
  method: 'GET',
  path: '/api/catalogue/{name}',
  summary: 'See official weights, and how far their download came',
  scope: 'models:read',
  params,
  body: { kind: 'none' },
  reply: { kind: 'data', schema: catalogueEntry },
  errors: ['NOT_FOUND'],
});

export const startWeightsDownloadOperation = defineOperation({
  ...shared,
  id: 'startWeightsDownload',
  method: 'POST',
  path: '/api/catalogue/{name}/download',
  summary: 'Accept the licence of official weights, and fetch them',
  description:
    'The server fetches the file from its publisher, once for everybody, and goes on by itself after a broken connection or a restart. The reply says how far it is.',
  scope: 'models',
  params,
  body: { kind: 'json', schema: startDownloadInput },
  reply: { kind: 'data', schema: catalogueEntry },
  status: 202,
  errors: ['NOT_FOUND'],
  example: { acceptLicense: true },
});

export const cancelWeightsDownloadOperation = defineOperation({
  ...shared,
  id: 'cancelWeightsDownload',
  method: 'DELETE',
  path: '/api/catalogue/{name}/download',
  summary: 'Cancel a download of official weights',
  description: 'It ends, and what arrived is deleted, unless another workspace waits for the same file.',
  scope: 'models',
  params,
  body: { kind: 'none' },
  reply: { kind: 'data', schema: catalogueEntry },
  errors: ['NOT_FOUND', 'CONFLICT'],
});

export const readWeightsOperation = defineOperation({
  ...shared,
  id: 'readWeights',
  method: 'GET',
  path: '/api/catalogue/{name}/file',
  summary: 'Download official weights from this server',
  description: 'Once they are here and the workspace has accepted their licence. Range requests are answered.',
  scope: 'models:read',
  params,
  headers: z.object({ Range: z.string().optional().describe('Part of the file, such as bytes=0-1023') }),
  body: { kind: 'none' },
  reply: { kind: 'bytes', contentType: 'application/octet-stream', description: 'The .pt file' },
  alsoStatus: 206,
  errors: ['NOT_FOUND', 'CONFLICT'],
});

export const createModelFromWeightsOperation = defineOperation({
  ...shared,
  id: 'createModelFromWeights',
  method: 'POST',
  path: '/api/catalogue/{name}/models',
  summary: 'Make a model of official weights',
  description: 'They must be here; the model is as if their file had been uploaded.',
  scope: 'models',
  params,
  body: { kind: 'json', schema: createModelFromWeightsInput },
  reply: { kind: 'data', schema: model },
  status: 201,
  errors: ['NOT_FOUND', 'CONFLICT', 'QUOTA_EXCEEDED', 'UNAVAILABLE'],
  example: { projectId: 'project_abc123' },
});
