import { regenerateRecoveryCodes } from '@/lib/domain/accounts/regenerate-recovery-codes';
import { defineRoute } from '@/lib/http/define-route';
import { regenerateRecoveryCodesOperation } from '@/lib/http/operations/two-factor';

/** POST /api/account/two-factor/recovery-codes: ten new recovery codes. */
export const POST = defineRoute(regenerateRecoveryCodesOperation, ({ context, body }) =>
  regenerateRecoveryCodes(context, body),
);
