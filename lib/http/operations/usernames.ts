import { slugQuery, slugVerdict } from '@/lib/domain/workspaces/schema';
import { defineOperation } from '@/lib/http/operation';

export const checkUsernameOperation = defineOperation({
  tag: 'Account',
  surface: 'platform',
  id: 'checkUsername',
  method: 'GET',
  path: '/api/account/username',
  summary: 'Ask whether a user name is free',
  access: 'public',
  limit: 'api',
  query: slugQuery,
  body: { kind: 'none' },
  reply: { kind: 'data', schema: slugVerdict },
});
