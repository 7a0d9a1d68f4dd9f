import { signUp } from '@/lib/domain/accounts/sign-up';
import { defineRoute } from '@/lib/http/define-route';
import { signUpOperation } from '@/lib/http/operations/account';

/** POST /api/account/sign-up: makes an account with its personal workspace. */
export const POST = defineRoute(signUpOperation, ({ context, body }) => signUp(context, body));
