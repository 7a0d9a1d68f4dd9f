import { disableTwoFactor } from '@/lib/domain/accounts/disable-two-factor';
import { defineRoute } from '@/lib/http/define-route';
import { disableTwoFactorOperation } from '@/lib/http/operations/two-factor';

/** POST /api/account/two-factor/disable: turns two-factor sign-in off. */
export const POST = defineRoute(disableTwoFactorOperation, ({ context, body }) => disableTwoFactor(context, body));
