import { z } from 'zod';
import { createUploadInput, maximumUploadBytes, upload, uploadId } from '@/lib/domain/uploads/schema';
import { defineOperation } from '@/lib/http/operation';

const params = z.object({ uploadId });
const shared = { tag: 'Uploads', surface: 'platform', access: 'caller', limit: 'api', scope: 'models' } as const;

export const createUploadOperation = defineOperation({
  ...shared,
  id: 'createUpload',
  method: 'POST',
  path: '/api/uploads',
  summary: 'Begin a resumable upload',
  description:
    'Then send the file in pieces with PATCH, each beginning where the last one ended, and hand the id to “Upload a model” within 24 hours.',
  body: { kind: 'json', schema: createUploadInput },
  reply: { kind: 'data', schema: upload },
  status: 201,
  errors: ['CONFLICT', 'PAYLOAD_TOO_LARGE', 'QUOTA_EXCEEDED'],
  example: { fileName: 'best.onnx', sizeBytes: 12_345_678 },
});

export const getUploadOperation = defineOperation({
  ...shared,
  id: 'getUpload',
  method: 'GET',
  path: '/api/uploads/{uploadId}',
  summary: 'See how far an upload came',
  params,
  body: { kind: 'none' },
  reply: { kind: 'data', schema: upload },
  errors: ['NOT_FOUND'],
});

export const appendUploadOperation = defineOperation({
  ...shared,
  id: 'appendUpload',
  method: 'PATCH',
  path: '/api/uploads/{uploadId}',
  summary: 'Send the next piece of an upload',
  description:
    'The header Upload-Offset says at which byte of the file the piece begins. A wrong one is answered with CONFLICT, whose details name the right one. Bytes that were acknowledged survive a crash.',
  params,
  headers: z.object({
    'Upload-Offset': z.string().regex(/^\d+$/).describe('Byte of the file at which the piece begins'),
  }),
  body: { kind: 'bytes', maximumBytes: maximumUploadBytes, description: 'Bytes of the file from Upload-Offset on' },
  reply: { kind: 'data', schema: upload },
  errors: ['NOT_FOUND', 'CONFLICT', 'PAYLOAD_TOO_LARGE'],
});

export const cancelUploadOperation = defineOperation({
  ...shared,
  id: 'cancelUpload',
  method: 'DELETE',
  path: '/api/uploads/{uploadId}',
  summary: 'Cancel an upload',
  description: 'What arrived is deleted.',
  params,
  body: { kind: 'none' },
  reply: { kind: 'empty' },
  status: 204,
  errors: ['NOT_FOUND'],
});
