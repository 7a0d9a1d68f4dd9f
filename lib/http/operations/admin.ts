import { pageQuery } from '@/lib/core/page';
import { mail } from '@/lib/domain/mail/schema';
import { defineOperation } from '@/lib/http/operation';

export const listMailsOperation = defineOperation({
  id: 'listMails',
  method: 'GET',
  path: '/api/admin/mails',
  tag: 'Administration',
  surface: 'platform',
  access: 'admin',
  limit: 'api',
  summary: 'List the letters this server wrote',
  description: 'Where no mail server is set, an administrator passes their links on.',
  query: pageQuery,
  body: { kind: 'none' },
  reply: { kind: 'page', schema: mail },
});
