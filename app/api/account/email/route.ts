import { changeEmail } from '@/lib/domain/accounts/change-email';
import { defineRoute } from '@/lib/http/define-route';
import { changeEmailOperation } from '@/lib/http/operations/account';

/** POST /api/account/email: changes the e-mail address. */
export const POST = defineRoute(changeEmailOperation, ({ context, body }) => changeEmail(context, body));
