import { checkUsername } from '@/lib/domain/accounts/check-username';
import { defineRoute } from '@/lib/http/define-route';
import { checkUsernameOperation } from '@/lib/http/operations/usernames';

/** GET /api/account/username: whether a user name is free. */
export const GET = defineRoute(checkUsernameOperation, ({ context, query }) => checkUsername(context, query.username));
