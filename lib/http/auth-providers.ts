import type { NextAuthOptions } from 'next-auth';
import GitHubProvider, { type GithubProfile } from 'next-auth/providers/github';
import GoogleProvider from 'next-auth/providers/google';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { z } from 'zod';
import type { Environment } from '@/lib/core/env';
import { email, provider } from '@/lib/domain/accounts/schema';
import type { ProviderPerson } from '@/lib/domain/accounts/sign-in-with-provider';

/** What is taken from a provider's claims; the rest is not kept. */
const claims = z.object({
  email: z.string().nullish(),
  // Some providers write the flag as a word.
  email_verified: z.union([z.boolean(), z.literal('true').transform(() => true)]).catch(false),
  name: z.string().nullish(),
});

const longestName = 100;

/** The sign-in providers that the settings name. */
export function authProviders(settings: Environment): NextAuthOptions['providers'] {
  return [...github(settings), ...google(settings), ...openId(settings)];
}

/** Whom a provider vouches for, from its claims. */
export function providerPerson(providerId: string, providerAccountId: string, profile: unknown): ProviderPerson {
  const parsed = claims.parse(profile);
  const address = email.safeParse(parsed.email ?? '');
  return {
    provider: provider.parse(providerId),
    providerAccountId,
    email: address.success ? address.data : null,
    emailVerified: parsed.email_verified,
    displayName:
      (parsed.name ?? '')
        .replace(/\p{Cc}/gu, '')
        .trim()
        .slice(0, longestName) || null,
  };
}

function github({ GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret }: Environment) {
  if (clientId === undefined || clientSecret === undefined) return [];
  return [
    GitHubProvider({
      clientId,
      clientSecret,
      userinfo: {
        url: 'https://api.github.com/user',
        async request({ client, tokens }) {
          const profile = await client.userinfo<GithubProfile>(tokens.access_token ?? '');
          return { ...profile, ...(await primaryGithubEmail(tokens.access_token ?? '')) };
        },
      },
    }),
  ];
}

const githubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** GitHub says of each address whether it is verified only in this list, not in the profile. */
async function primaryGithubEmail(
  accessToken: string,
): Promise<{ email: string | undefined; email_verified: boolean }> {
  const reply = await fetch('https://api.github.com/user/emails', {
    headers: { Authorization: `Bearer ${accessToken}`, Accept: 'application/vnd.github+json' },
    signal: AbortSignal.timeout(10_000),
  });
  const list = reply.ok ? githubEmails.safeParse(await reply.json()) : null;
  const primary = list?.success ? list.data.find((entry) => entry.primary) : undefined;
  return { email: primary?.email, email_verified: primary?.verified ?? false };
}

function google({ GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret }: Environment) {
  if (clientId === undefined || clientSecret === undefined) return [];
  return [GoogleProvider({ clientId, clientSecret })];
}

function openId(settings: Environment): OAuthConfig<Record<string, unknown>>[] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = settings;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return [];
  return [
    {
      id: 'oidc',
      name,
      type: 'oauth',
      wellKnown: `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`,
      authorization: { params: { scope: 'openid email profile' } },
      idToken: true,
      checks: ['pkce', 'state', 'nonce'],
      clientId,
      clientSecret,
      userinfo: {
        // Many providers put the address only into the user info; the token's claims are signed and win.
        async request({ client, tokens }) {
          const signed = 'claims' in tokens && typeof tokens.claims === 'function' ? tokens.claims() : {};
          if (client.issuer.metadata.userinfo_endpoint === undefined) return signed;
          return { ...(await client.userinfo(tokens.access_token ?? '')), ...signed };
        },
      },
      profile: (profile) => ({ id: String(profile.sub) }),
    },
  ];
}
