import { confirmTwoFactor } from '@/lib/domain/accounts/confirm-two-factor';
import { defineRoute } from '@/lib/http/define-route';
import { confirmTwoFactorOperation } from '@/lib/http/operations/two-factor';

/** POST /api/account/two-factor/confirm: turns two-factor sign-in on. */
export const POST = defineRoute(confirmTwoFactorOperation, ({ context, body }) => confirmTwoFactor(context, body));
