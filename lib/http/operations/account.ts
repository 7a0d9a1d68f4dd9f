import { z } from 'zod';
import {
  account,
  changeEmailInput,
  changePasswordInput,
  completePasswordResetInput,
  provider,
  requestPasswordResetInput,
  session,
  sessionId,
  signUpInput,
  updateAccountInput,
} from '@/lib/domain/accounts/schema';
import { defineOperation } from '@/lib/http/operation';

const shared = { tag: 'Account', surface: 'platform' } as const;

export const signUpOperation = defineOperation({
  ...shared,
  id: 'signUp',
  method: 'POST',
  path: '/api/account/sign-up',
  summary: 'Create an account with its personal workspace',
  description: 'The first account of an empty server becomes its administrator. Sign in afterwards.',
  access: 'public',
  limit: 'sign-in',
  body: { kind: 'json', schema: signUpInput },
  reply: { kind: 'data', schema: account },
  status: 201,
  errors: ['CONFLICT'],
  example: { email: 'ada@example.com', password: 'a long and private sentence', username: 'ada-lovelace' },
});

export const requestPasswordResetOperation = defineOperation({
  ...shared,
  id: 'requestPasswordReset',
  method: 'POST',
  path: '/api/account/password-reset',
  summary: 'Mail a link to set a new password',
  description: 'The answer is the same whether or not an account has this e-mail address.',
  access: 'public',
  limit: 'sign-in',
  body: { kind: 'json', schema: requestPasswordResetInput },
  reply: { kind: 'data', schema: z.object({ message: z.string() }) },
  status: 202,
  example: { email: 'ada@example.com' },
});

export const completePasswordResetOperation = defineOperation({
  ...shared,
  id: 'completePasswordReset',
  method: 'POST',
  path: '/api/account/password-reset/complete',
  summary: 'Set a new password with the mailed link',
  description: 'Ends every session of the account. The link works once.',
  access: 'public',
  limit: 'sign-in',
  body: { kind: 'json', schema: completePasswordResetInput },
  reply: { kind: 'data', schema: z.object({ email: z.string() }) },
});

export const getAccountOperation = defineOperation({
  ...shared,
  id: 'getAccount',
  method: 'GET',
  path: '/api/account',
  summary: 'Get the account behind the key or session',
  access: 'caller',
  limit: 'api',
  scope: 'account:read',
  body: { kind: 'none' },
  reply: { kind: 'data', schema: account },
});

export const updateAccountOperation = defineOperation({
  ...shared,
  id: 'updateAccount',
  method: 'PATCH',
  path: '/api/account',
  summary: 'Change the display name',
  access: 'caller',
  limit: 'api',
  scope: 'account',
  body: { kind: 'json', schema: updateAccountInput },
  reply: { kind: 'data', schema: account },
  example: { displayName: 'Ada Lovelace' },
});

export const changeEmailOperation = defineOperation({
  ...shared,
  id: 'changeEmail',
  method: 'POST',
  path: '/api/account/email',
  summary: 'Change the e-mail address',
  description: 'Needs the current password. The old address is told.',
  access: 'session',
  limit: 'sign-in',
  body: { kind: 'json', schema: changeEmailInput },
  reply: { kind: 'data', schema: account },
  errors: ['CONFLICT'],
});

export const changePasswordOperation = defineOperation({
  ...shared,
  id: 'changePassword',
  method: 'POST',
  path: '/api/account/password',
  summary: 'Change the password',
  description: 'Needs the current one. Every other session ends.',
  access: 'session',
  limit: 'sign-in',
  body: { kind: 'json', schema: changePasswordInput },
  reply: { kind: 'data', schema: z.object({ endedSessions: z.number().int() }) },
});

export const listSessionsOperation = defineOperation({
  ...shared,
  id: 'listSessions',
  method: 'GET',
  path: '/api/account/sessions',
  summary: 'List the devices that are signed in',
  access: 'session',
  limit: 'api',
  body: { kind: 'none' },
  reply: { kind: 'data', schema: z.array(session) },
});

export const revokeSessionOperation = defineOperation({
  ...shared,
  id: 'revokeSession',
  method: 'DELETE',
  path: '/api/account/sessions/{sessionId}',
  summary: 'Sign a device out',
  access: 'session',
  limit: 'api',
  params: z.object({ sessionId }),
  body: { kind: 'none' },
  reply: { kind: 'data', schema: z.object({ id: z.string(), current: z.boolean() }) },
  errors: ['NOT_FOUND'],
});

export const revokeOtherSessionsOperation = defineOperation({
  ...shared,
  id: 'revokeOtherSessions',
  method: 'DELETE',
  path: '/api/account/sessions',
  summary: 'Sign out every other device',
  access: 'session',
  limit: 'api',
  body: { kind: 'none' },
  reply: { kind: 'data', schema: z.object({ endedSessions: z.number().int() }) },
});

export const disconnectProviderOperation = defineOperation({
  ...shared,
  id: 'disconnectProvider',
  method: 'DELETE',
  path: '/api/account/providers/{provider}',
  summary: 'Disconnect a sign-in provider',
  description: 'Refused while it is the only way to sign in.',
  access: 'session',
  limit: 'api',
  params: z.object({ provider }),
  body: { kind: 'none' },
  reply: { kind: 'data', schema: account },
  errors: ['NOT_FOUND', 'CONFLICT'],
});
