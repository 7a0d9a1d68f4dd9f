import { revokeSession } from '@/lib/domain/accounts/revoke-session';
import { defineRoute } from '@/lib/http/define-route';
import { revokeSessionOperation } from '@/lib/http/operations/account';

/** DELETE /api/account/sessions/{sessionId}: signs a device out. */
export const DELETE = defineRoute(revokeSessionOperation, ({ context, params }) =>
  revokeSession(context, params.sessionId),
);
