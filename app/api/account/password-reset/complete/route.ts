import { completePasswordReset } from '@/lib/domain/accounts/complete-password-reset';
import { defineRoute } from '@/lib/http/define-route';
import { completePasswordResetOperation } from '@/lib/http/operations/account';

/** POST /api/account/password-reset/complete: sets a new password with the mailed link. */
export const POST = defineRoute(completePasswordResetOperation, ({ context, body }) =>
  completePasswordReset(context, body),
);
