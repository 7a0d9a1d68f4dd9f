import { listSessions } from '@/lib/domain/accounts/list-sessions';
import { revokeOtherSessions } from '@/lib/domain/accounts/revoke-other-sessions';
import { defineRoute } from '@/lib/http/define-route';
import { listSessionsOperation, revokeOtherSessionsOperation } from '@/lib/http/operations/account';

/** GET /api/account/sessions: the devices that are signed in. */
export const GET = defineRoute(listSessionsOperation, ({ context }) => listSessions(context));

/** DELETE /api/account/sessions: signs out every other device. */
export const DELETE = defineRoute(revokeOtherSessionsOperation, ({ context }) => revokeOtherSessions(context));
