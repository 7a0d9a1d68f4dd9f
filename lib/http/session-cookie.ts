import { decode } from 'next-auth/jwt';
import { deriveSecret } from '@/lib/core/derive-secret';
import type { Services } from '@/lib/domain/context';
import { isSecureOrigin, requestOrigin } from '@/lib/http/request-origin';

/** Over https the cookie's name makes browsers insist on https and on this host alone. */
export const sessionCookieNames = {
  plain: 'sightline.session',
  secure: '__Host-sightline.session',
} as const;

/** The session's cookie at an origin. Each origin has one name only: a page of a neighbouring host cannot slip another in. */
export function sessionCookie(origin: string) {
  const secure = isSecureOrigin(origin);
  return {
    name: secure ? sessionCookieNames.secure : sessionCookieNames.plain,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
  } as const;
}

/** The id of the session that the request's sealed cookie names, or null. Whether it still lives the database decides. */
export async function readSessionId(
  { secret }: Pick<Services, 'secret'>,
  request: { readonly headers: Pick<Headers, 'get'> },
  origin = requestOrigin(request.headers),
): Promise<string | null> {
  const token = parseCookies(request.headers.get('cookie') ?? '').get(sessionCookie(origin).name);
  if (token === undefined || token === '') return null;
  try {
    const opened = await decode({ token, secret: deriveSecret(secret, 'session') });
    return typeof opened?.sid === 'string' ? opened.sid : null;
  } catch {
    // Sealed by another secret, changed, or out of date: as good as none.
    return null;
  }
}

/** The cookies of a request by name; of two of one name the first counts, as in every other reader. */
export function parseCookies(header: string): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at < 0) continue;
    const name = pair.slice(0, at).trim();
    if (!cookies.has(name)) cookies.set(name, decoded(pair.slice(at + 1).trim()));
  }
  return cookies;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // A stray percent sign: the value is meant as it stands.
    return value;
  }
}
