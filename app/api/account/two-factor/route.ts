import { beginTwoFactor } from '@/lib/domain/accounts/begin-two-factor';
import { defineRoute } from '@/lib/http/define-route';
import { beginTwoFactorOperation } from '@/lib/http/operations/two-factor';

/** POST /api/account/two-factor: a new secret for an authenticator. */
export const POST = defineRoute(beginTwoFactorOperation, ({ context }) => beginTwoFactor(context));
