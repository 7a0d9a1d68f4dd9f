import { z } from 'zod';
import { pageQuery } from '@/lib/core/page';
import { apiKey, apiKeyId, createApiKeyInput, createdApiKey } from '@/lib/domain/api-keys/schema';
import { defineOperation } from '@/lib/http/operation';

const shared = { tag: 'API keys', surface: 'platform', access: 'caller', limit: 'api' } as const;

export const listApiKeysOperation = defineOperation({
  ...shared,
  id: 'listApiKeys',
  method: 'GET',
  path: '/api/api-keys',
  summary: 'List API keys',
  description: 'Without the keys themselves: those are kept only as hashes. Revoked keys are not listed.',
  scope: 'keys:read',
  query: pageQuery,
  body: { kind: 'none' },
  reply: { kind: 'page', schema: apiKey },
});

export const createApiKeyOperation = defineOperation({
  ...shared,
  id: 'createApiKey',
  method: 'POST',
  path: '/api/api-keys',
  summary: 'Create an API key',
  description:
    'The reply carries the key, this once. A key makes only keys that may do no more, and last no longer, than itself.',
  scope: 'keys',
  body: { kind: 'json', schema: createApiKeyInput },
  reply: { kind: 'data', schema: createdApiKey },
  status: 201,
  errors: ['QUOTA_EXCEEDED'],
  example: { name: 'training-server', scopes: ['training', 'models'] },
});

export const deleteApiKeyOperation = defineOperation({
  ...shared,
  id: 'deleteApiKey',
  method: 'DELETE',
  path: '/api/api-keys/{keyId}',
  summary: 'Revoke an API key',
  description: 'It stops working at once.',
  scope: 'keys',
  params: z.object({ keyId: apiKeyId }),
  body: { kind: 'none' },
  reply: { kind: 'data', schema: z.object({ id: z.string(), revokedAt: z.iso.datetime() }) },
  errors: ['NOT_FOUND'],
});
