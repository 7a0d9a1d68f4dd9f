import { changePassword } from '@/lib/domain/accounts/change-password';
import { defineRoute } from '@/lib/http/define-route';
import { changePasswordOperation } from '@/lib/http/operations/account';

/** POST /api/account/password: changes the password and ends every other session. */
export const POST = defineRoute(changePasswordOperation, ({ context, body }) => changePassword(context, body));
