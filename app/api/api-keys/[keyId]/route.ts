import { revokeApiKey } from '@/lib/domain/api-keys/revoke-api-key';
import { defineRoute } from '@/lib/http/define-route';
import { deleteApiKeyOperation } from '@/lib/http/operations/api-keys';

/** DELETE /api/api-keys/{keyId}: revokes a key. */
export const DELETE = defineRoute(deleteApiKeyOperation, ({ context, params }) => revokeApiKey(context, params.keyId));
