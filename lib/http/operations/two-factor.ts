import {
  account,
  confirmTwoFactorInput,
  disableTwoFactorInput,
  recoveryCodesReply,
  twoFactorSetup,
} from '@/lib/domain/accounts/schema';
import { defineOperation } from '@/lib/http/operation';

const shared = { tag: 'Account', surface: 'platform', access: 'session', limit: 'sign-in' } as const;

export const beginTwoFactorOperation = defineOperation({
  ...shared,
  id: 'beginTwoFactor',
  method: 'POST',
  path: '/api/account/two-factor',
  summary: 'Begin to set up two-factor sign-in',
  description: 'Gives a secret for an authenticator. Two-factor is on once a code of it is confirmed.',
  body: { kind: 'none' },
  reply: { kind: 'data', schema: twoFactorSetup },
  errors: ['CONFLICT'],
});

export const confirmTwoFactorOperation = defineOperation({
  ...shared,
  id: 'confirmTwoFactor',
  method: 'POST',
  path: '/api/account/two-factor/confirm',
  summary: 'Turn two-factor sign-in on with a code of the authenticator',
  body: { kind: 'json', schema: confirmTwoFactorInput },
  reply: { kind: 'data', schema: recoveryCodesReply },
  errors: ['CONFLICT'],
});

export const disableTwoFactorOperation = defineOperation({
  ...shared,
  id: 'disableTwoFactor',
  method: 'POST',
  path: '/api/account/two-factor/disable',
  summary: 'Turn two-factor sign-in off',
  description: 'Needs the password and a code of the authenticator, or a recovery code.',
  body: { kind: 'json', schema: disableTwoFactorInput },
  reply: { kind: 'data', schema: account },
  errors: ['CONFLICT'],
});

export const regenerateRecoveryCodesOperation = defineOperation({
  ...shared,
  id: 'regenerateRecoveryCodes',
  method: 'POST',
  path: '/api/account/two-factor/recovery-codes',
  summary: 'Make ten new recovery codes',
  description: 'Needs a code of the authenticator. The old recovery codes stop working.',
  body: { kind: 'json', schema: confirmTwoFactorInput },
  reply: { kind: 'data', schema: recoveryCodesReply },
  errors: ['CONFLICT'],
});
