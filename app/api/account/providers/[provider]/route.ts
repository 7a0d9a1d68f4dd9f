import { disconnectProvider } from '@/lib/domain/accounts/disconnect-provider';
import { defineRoute } from '@/lib/http/define-route';
import { disconnectProviderOperation } from '@/lib/http/operations/account';

/** DELETE /api/account/providers/{provider}: disconnects a sign-in provider. */
export const DELETE = defineRoute(disconnectProviderOperation, ({ context, params }) =>
  disconnectProvider(context, params.provider),
);
