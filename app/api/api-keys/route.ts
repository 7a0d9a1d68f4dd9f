import { createApiKey } from '@/lib/domain/api-keys/create-api-key';
import { listApiKeys } from '@/lib/domain/api-keys/list-api-keys';
import { defineRoute } from '@/lib/http/define-route';
import { createApiKeyOperation, listApiKeysOperation } from '@/lib/http/operations/api-keys';

/** GET /api/api-keys: one page of the workspace's keys. */
export const GET = defineRoute(listApiKeysOperation, ({ context, query }) => listApiKeys(context, query));

/** POST /api/api-keys: makes a key and gives it, this once. */
export const POST = defineRoute(createApiKeyOperation, ({ context, body }) => createApiKey(context, body));
