import { getAccount } from '@/lib/domain/accounts/get-account';
import { updateAccount } from '@/lib/domain/accounts/update-account';
import { defineRoute } from '@/lib/http/define-route';
import { getAccountOperation, updateAccountOperation } from '@/lib/http/operations/account';

/** GET /api/account: the account behind the key or session. */
export const GET = defineRoute(getAccountOperation, ({ context }) => getAccount(context));

/** PATCH /api/account: changes the display name. */
export const PATCH = defineRoute(updateAccountOperation, ({ context, body }) => updateAccount(context, body));
