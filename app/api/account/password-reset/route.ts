import { requestPasswordReset } from '@/lib/domain/accounts/request-password-reset';
import { defineRoute } from '@/lib/http/define-route';
import { requestPasswordResetOperation } from '@/lib/http/operations/account';

/** POST /api/account/password-reset: mails a link to set a new password. */
export const POST = defineRoute(requestPasswordResetOperation, ({ context, body }) =>
  requestPasswordReset(context, body),
);
