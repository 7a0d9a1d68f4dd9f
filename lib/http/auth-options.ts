import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { deriveSecret } from '@/lib/core/derive-secret';
import type { Environment } from '@/lib/core/env';
import { DomainError } from '@/lib/core/errors';
import { localPath } from '@/lib/core/local-path';
import { findSessionHolder } from '@/lib/domain/accounts/find-session-holder';
import { signInInput } from '@/lib/domain/accounts/schema';
import { signIn } from '@/lib/domain/accounts/sign-in';
import { signInWithProvider } from '@/lib/domain/accounts/sign-in-with-provider';
import { signOut } from '@/lib/domain/accounts/sign-out';
import type { Device } from '@/lib/domain/accounts/start-session';
import type { Services } from '@/lib/domain/context';
import { authProviders, providerPerson } from '@/lib/http/auth-providers';
import { rateLimited, windowsFor } from '@/lib/http/rate-limits';
import { isSecureOrigin } from '@/lib/http/request-origin';
import { sessionCookie } from '@/lib/http/session-cookie';

/** One request to next-auth. */
export type AuthRequest = {
  readonly services: Services & { readonly requestId: string };
  /** Where the browser sees this server. */
  readonly origin: string;
  readonly device: Device;
  /** Who is signed in already, for connecting a provider to their account. */
  readonly signedInUserId: string | null;
  readonly settings: Environment;
};

/** The database ends sessions earlier (30 days idle, 90 in all); the cookie need not. */
const cookieSeconds = 90 * 24 * 60 * 60;

/**
 * next-auth's options for one request. The cookie holds a sealed token with nothing but the id of a row of ours; every use
 * checks that row, so that signing out and revoking work at once.
 */
export function authOptions({ services, origin, device, signedInUserId, settings }: AuthRequest): NextAuthOptions {
  const secret = deriveSecret(services.secret, 'session');
  // Handed from the step that proves who it is to the step that writes the cookie.
  let provenSessionId: string | null = null;
  return {
    secret,
    useSecureCookies: isSecureOrigin(origin),
    cookies: { sessionToken: sessionCookie(origin) },
    session: { strategy: 'jwt', maxAge: cookieSeconds },
    jwt: { secret, maxAge: cookieSeconds },
    pages: { signIn: '/sign-in', signOut: '/', error: '/sign-in' },
    providers: [
      CredentialsProvider({
        name: 'E-mail and password',
        credentials: { email: {}, password: {}, code: {}, ticket: {} },
        async authorize(credentials) {
          provenSessionId = await authorise(services, credentials, device, settings);
          return { id: provenSessionId };
        },
      }),
      ...authProviders(settings),
    ],
    callbacks: {
      async signIn({ account, profile }) {
        if (account === null || account.type === 'credentials') return provenSessionId !== null;
        const person = providerPerson(account.provider, account.providerAccountId, profile);
        const outcome = await signInWithProvider(services, person, device, signedInUserId);
        if (outcome.kind === 'refused') return `/sign-in?error=${outcome.reason}`;
        if (outcome.kind === 'second-factor') {
          return `/sign-in?error=second-factor-needed&ticket=${encodeURIComponent(outcome.ticket)}`;
        }
        provenSessionId = outcome.sessionId;
        return true;
      },
      async jwt({ token, user }) {
        if (user !== undefined && provenSessionId !== null) return { sid: provenSessionId };
        const holder = typeof token.sid === 'string' ? await findSessionHolder(services, token.sid) : null;
        // The library then deletes the cookie.
        if (holder === null) throw new Error('The session has ended.');
        return { sid: holder.sessionId };
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => {
        const path = localPath(url.startsWith(baseUrl) ? url.slice(baseUrl.length) || '/' : url);
        return path === null ? baseUrl : `${baseUrl}${path}`;
      },
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === 'string') await signOut(services, token.sid);
      },
    },
    logger: {
      // Only codes and messages: what else the library hands over may hold a provider's tokens.
      error: (code, metadata) => services.log.warn({ code, reason: reasonOf(metadata) }, 'sign-in failed'),
      warn: (code) => services.log.debug({ code }, 'sign-in library warns'),
      debug: () => undefined,
    },
  };
}

/** Signs in with the form's fields and gives the session's id. Throws the code that the sign-in page is to show. */
async function authorise(services: Services, fields: unknown, device: Device, settings: Environment): Promise<string> {
  const input = signInInput.safeParse(fields);
  if (!input.success) throw new Error('wrong-credentials');
  try {
    if (!settings.LIMITS_OFF) await countByAddress(services, device.address);
    const outcome = await signIn(services, input.data, device);
    if (outcome.kind === 'refused') throw new Error(outcome.reason);
    return outcome.sessionId;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new Error(`too-many-attempts:${Math.ceil(error.retryAfterSeconds ?? 60)}`);
  }
}

async function countByAddress({ limiter, now }: Services, address: string): Promise<void> {
  const counted = windowsFor('sign-in', { kind: 'anonymous', address });
  if (counted === null) return;
  const at = now();
  const verdict = await limiter.count(counted.subject, counted.windows, at);
  if (!verdict.allowed) throw rateLimited(verdict, at);
}

function reasonOf(metadata: unknown): string {
  if (metadata instanceof Error) return metadata.message;
  const error = typeof metadata === 'object' && metadata !== null && 'error' in metadata ? metadata.error : null;
  return error instanceof Error ? error.message : 'unknown';
}
