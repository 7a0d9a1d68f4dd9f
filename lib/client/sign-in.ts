import { z } from 'zod';
import type { Provider, SignInRefusal } from '@/lib/domain/accounts/schema';
import { signInRefusals } from '@/lib/domain/accounts/schema';

/** What somebody proves who they are with. The code is empty until it is asked for. */
export type Credentials =
  | { readonly email: string; readonly password: string; readonly code: string }
  /** A provider has vouched for somebody; the code is the second factor. */
  | { readonly ticket: string; readonly code: string };

export type SignInFault = {
  readonly refusal: SignInRefusal | 'unreachable' | 'unexpected';
  /** Seconds after which another attempt is allowed; null where waiting changes nothing. */
  readonly waitSeconds: number | null;
};

export type SignInOutcome = { readonly kind: 'signed-in' } | ({ readonly kind: 'refused' } & SignInFault);

type Fetch = typeof fetch;

/** Signs this browser in: with e-mail and password, or a provider’s ticket, and a second factor where it is asked for. */
export async function signIn(credentials: Credentials, fetcher: Fetch = globalThis.fetch): Promise<SignInOutcome> {
  const answer = await post('callback/credentials', { ...credentials, callbackUrl: '/home' }, fetcher);
  if (answer === null) return { kind: 'refused', refusal: 'unreachable', waitSeconds: null };
  const refused = refusedIn(answer.url);
  if (refused !== null) return { kind: 'refused', ...parseSignInFault(refused) };
  if (!answer.ok) return { kind: 'refused', refusal: 'unexpected', waitSeconds: null };
  return { kind: 'signed-in' };
}

/** The address of the provider's page, where signing in goes on; it leads back to `next`. Null: the server did not answer. */
export async function providerSignInUrl(
  provider: Provider,
  next: string,
  fetcher: Fetch = globalThis.fetch,
): Promise<string | null> {
  const answer = await post(`signin/${provider}`, { callbackUrl: next }, fetcher);
  return answer?.ok ? answer.url : null;
}

/** Ends this browser's session. Answers whether the server did so. */
export async function signOut(fetcher: Fetch = globalThis.fetch): Promise<boolean> {
  const answer = await post('signout', { callbackUrl: '/sign-in' }, fetcher);
  return answer?.ok ?? false;
}

/** What the word of a refused sign-in means, as it arrives in an address: `too-many-attempts:45`. */
export function parseSignInFault(word: string): SignInFault {
  const [name, seconds] = word.split(':', 2);
  const refusal = signInRefusals.find((known) => known === name) ?? 'unexpected';
  const waitSeconds = Number(seconds);
  const hasWait = refusal === 'too-many-attempts' && seconds !== undefined && Number.isFinite(waitSeconds);
  return { refusal, waitSeconds: hasWait ? Math.max(1, Math.ceil(waitSeconds)) : null };
}

const csrfReply = z.object({ csrfToken: z.string() });
const urlReply = z.object({ url: z.string() });

/** Posts a form to next-auth the way its own pages do: with the token that proves the form is ours. */
async function post(
  action: string,
  fields: Readonly<Record<string, string>>,
  fetcher: Fetch,
): Promise<{ readonly ok: boolean; readonly url: string } | null> {
  try {
    const csrf = await fetcher('/api/auth/csrf', { credentials: 'same-origin' });
    const { csrfToken } = csrfReply.parse(await csrf.json());
    const reply = await fetcher(`/api/auth/${action}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }),
    });
    return { ok: reply.ok, url: urlReply.parse(await reply.json()).url };
  } catch {
    // No reply, or one of another program in between: both mean that the server cannot be reached now.
    return null;
  }
}

function refusedIn(url: string): string | null {
  if (!URL.canParse(url, 'http://local.invalid')) return null;
  return new URL(url, 'http://local.invalid').searchParams.get('error');
}
