import { type Environment, env } from '@/lib/core/env';

/** What the settings say about it: the address wins over whatever a request says; forwarded headers count behind a proxy only. */
export type OriginSettings = Pick<Environment, 'SIGHTLINE_URL' | 'NEXTAUTH_URL' | 'TRUST_PROXY'>;

/** A host name, an IPv4 or bracketed IPv6 address, and perhaps a port. */
const hostPattern = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i;

/**
 * The origin at which the browser sees this server: decides whether cookies insist on https, and where redirects lead. A forged
 * Host header only leads its own sender astray: browsers let no page set it.
 */
export function requestOrigin(headers: Pick<Headers, 'get'>, settings: OriginSettings = env): string {
  const configured = settings.SIGHTLINE_URL ?? settings.NEXTAUTH_URL;
  if (configured !== undefined) return new URL(configured).origin;
  const forwardedProtocol = settings.TRUST_PROXY ? firstOf(headers.get('x-forwarded-proto')) : null;
  const forwardedHost = settings.TRUST_PROXY ? firstOf(headers.get('x-forwarded-host')) : null;
  const host = forwardedHost ?? headers.get('host') ?? '';
  const origin = `${forwardedProtocol === 'https' ? 'https' : 'http'}://${hostPattern.test(host) ? host : 'localhost'}`;
  return URL.canParse(origin) ? new URL(origin).origin : 'http://localhost';
}

/** Whether cookies may insist on https. */
export function isSecureOrigin(origin: string): boolean {
  return origin.startsWith('https://');
}

/** Each proxy of a chain adds an entry; the first is what the browser asked for. */
function firstOf(header: string | null): string | null {
  return header?.split(',', 1)[0].trim().toLowerCase() || null;
}
