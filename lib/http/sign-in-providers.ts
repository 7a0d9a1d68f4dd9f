import type { Environment } from '@/lib/core/env';
import type { Provider } from '@/lib/domain/accounts/schema';

/** A way to sign in without a password of this server. */
export type SignInProvider = { readonly id: Provider; readonly label: string };

/** The providers that this environment has credentials for. */
export function configuredProviders(environment: Environment): readonly SignInProvider[] {
  const { GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = environment;
  const { OIDC_NAME, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = environment;
  const known: readonly (SignInProvider & { readonly needs: readonly (string | undefined)[] })[] = [
    { id: 'github', label: 'GitHub', needs: [GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET] },
    { id: 'google', label: 'Google', needs: [GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET] },
    { id: 'oidc', label: OIDC_NAME, needs: [OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET] },
  ];
  return known
    .filter(({ needs }) => needs.every((setting) => setting !== undefined))
    .map(({ id, label }) => ({ id, label }));
}
