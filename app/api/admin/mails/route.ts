import { listMails } from '@/lib/domain/mail/list-mails';
import { defineRoute } from '@/lib/http/define-route';
import { listMailsOperation } from '@/lib/http/operations/admin';

/** GET /api/admin/mails: the letters this server wrote. */
export const GET = defineRoute(listMailsOperation, ({ context, query }) => listMails(context, query));
